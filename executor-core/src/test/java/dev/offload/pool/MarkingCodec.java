package dev.offload.pool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import dev.offload.codec.JdkPayloadCodec;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadScope;

/**
 * Leaves a mark in the process that decoded with it.
 */
public final class MarkingCodec implements PayloadCodec {

	private static volatile boolean decoded;

	private final PayloadCodec delegate = new JdkPayloadCodec();

	/**
	 * For the service loader.
	 */
	public MarkingCodec() {
	}

	/**
	 * Whether it decoded in this process.
	 * @return {@code true} if it did
	 */
	public static boolean hasDecoded() {
		return decoded;
	}

	@Override
	public String name() {
		return "marking";
	}

	@Override
	public void encode(@Nullable Object value, OutputStream out) throws IOException {
		this.delegate.encode(value, out);
	}

	@Override
	public @Nullable Object decode(InputStream in, PayloadScope scope) throws IOException, ClassNotFoundException {
		decoded = true;
		return this.delegate.decode(in, scope);
	}

}
