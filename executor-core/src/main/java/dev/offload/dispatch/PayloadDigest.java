package dev.offload.dispatch;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.offload.spi.Payload;

/**
 * Tells encoded tasks apart by a few characters.
 */
final class PayloadDigest {

	private static final int CHARACTERS = 16;

	private PayloadDigest() {
	}

	static String of(Payload payload) {
		MessageDigest digest = sha256();
		digest.update(payload.bytes(), payload.start(), payload.length());
		for (ByteBuffer attachment : payload.attachments()) {
			digest.update(attachment.duplicate());
		}
		return HexFormat.of().formatHex(digest.digest()).substring(0, CHARACTERS);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has it", ex);
		}
	}

}
