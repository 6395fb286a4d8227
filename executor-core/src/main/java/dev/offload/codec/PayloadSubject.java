package dev.offload.codec;

import java.util.List;

import dev.offload.PayloadException.Direction;

/**
 * What is sent, for messages.
 *
 * @param direction which way
 * @param name such as {@code The call of PdfService.render}
 * @param roots the values to look at if it fails, none when reading
 */
record PayloadSubject(Direction direction, String name, List<GraphRoot> roots) {

	PayloadSubject(Direction direction, String name) {
		this(direction, name, List.of());
	}

}
