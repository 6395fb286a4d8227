package dev.offload.codec.kryo;

import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

/**
 * A Kryo with its buffers. Used by one thread at a time.
 */
final class Session {

	private final GraphOutput out = new GraphOutput();

	private final GraphInput in = new GraphInput();

	private final GraphKryo kryo;

	Session(ClassLoader loader) {
		this.kryo = new GraphKryo(loader);
	}

	void write(@Nullable Object value, OutputStream target) {
		this.out.begin(target);
		this.kryo.beginWriting();
		this.kryo.writeClassAndObject(this.out, value);
		this.out.flush();
		this.out.finish();
		this.kryo.finishWriting();
	}

	@Nullable Object read(InputStream source, ReadScope scope) {
		this.in.begin(source, scope);
		this.kryo.beginReading(scope);
		Object value = this.kryo.readClassAndObject(this.in);
		this.in.finish();
		this.kryo.finishReading();
		return value;
	}

}
