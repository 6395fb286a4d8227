package dev.offload.sample.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/**
 * Reads the body of a request up to a limit, for the server has none for bodies that are
 * no forms.
 */
@Component
class DocumentUpload {

	private final int maxBytes;

	DocumentUpload(@Value("${sample.max-document-size}") DataSize maxSize) {
		this.maxBytes = Math.toIntExact(maxSize.toBytes());
	}

	/**
	 * Reads the body.
	 * @param request the request
	 * @return the body
	 * @throws IOException if the client stops sending
	 * @throws ErrorResponseException if the body is too large
	 */
	byte[] read(HttpServletRequest request) throws IOException {
		if (request.getContentLengthLong() > this.maxBytes) {
			throw tooLarge();
		}
		byte[] body = request.getInputStream().readNBytes(this.maxBytes + 1);
		if (body.length > this.maxBytes) {
			throw tooLarge();
		}
		return body;
	}

	private ErrorResponseException tooLarge() {
		return Problems.exception(HttpStatus.CONTENT_TOO_LARGE, "document-too-large",
				"The document is larger than " + this.maxBytes + " bytes, which sample.max-document-size allows");
	}

}
