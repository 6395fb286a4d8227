package dev.offload.codec.kryo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

import dev.offload.codec.JdkPayloadCodec;

/**
 * An object with all that it holds as Java serialization writes it, under the filter of
 * the core. Its classes are asked for by that filter, and not the mark before it, which
 * is the class of this form.
 */
final class JavaForm {

	private static final JdkPayloadCodec CODEC = new JdkPayloadCodec();

	private JavaForm() {
	}

	static void write(Output output, Object object) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			CODEC.encode(object, bytes);
		}
		catch (IOException ex) {
			throw Failures.wrap(ex);
		}
		output.writeVarInt(bytes.size(), true);
		output.writeBytes(bytes.toByteArray());
	}

	static @Nullable Object read(Kryo kryo, Input input) {
		ReadScope reading = ((GraphInput) input).scope();
		byte[] bytes = input.readBytes(input.readVarInt(true));
		try {
			return CODEC.decode(new ByteArrayInputStream(bytes), reading.scope(), reading.shape(), kryo.getDepth() - 1);
		}
		catch (IOException ex) {
			throw reading.refuse(ex);
		}
		catch (ClassNotFoundException ex) {
			throw Failures.wrap(ex);
		}
		catch (RuntimeException ex) {
			throw Failures.ofCode("Java serialization", ex);
		}
	}

	/**
	 * Writes such objects.
	 */
	static final class Writer extends Serializer<Object> {

		@Override
		public void write(Kryo kryo, Output output, Object object) {
			JavaForm.write(output, object);
		}

		@Override
		public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
			return JavaForm.read(kryo, input);
		}

	}

}
