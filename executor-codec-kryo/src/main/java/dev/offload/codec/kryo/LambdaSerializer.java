package dev.offload.codec.kryo;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes lambdas that are serializable, by what they are made of; what they capture need
 * not be serializable. Those that the JDK made are written as Java serialization does.
 */
final class LambdaSerializer extends Serializer<Object> {

	private final ClassForm classes;

	LambdaSerializer(ClassForm classes) {
		this.classes = classes;
	}

	@Override
	public void write(Kryo kryo, Output output, Object lambda) {
		boolean jdk = WrittenForm.isJdk(lambda.getClass());
		output.writeBoolean(jdk);
		if (jdk) {
			JavaForm.write(output, lambda);
			return;
		}
		SerializedLambda described = describe(lambda);
		output.writeString(described.getCapturingClass().replace('/', '.'));
		output.writeString(described.getFunctionalInterfaceClass());
		output.writeString(described.getFunctionalInterfaceMethodName());
		output.writeString(described.getFunctionalInterfaceMethodSignature());
		output.writeVarInt(described.getImplMethodKind(), true);
		output.writeString(described.getImplClass());
		output.writeString(described.getImplMethodName());
		output.writeString(described.getImplMethodSignature());
		output.writeString(described.getInstantiatedMethodType());
		output.writeVarInt(described.getCapturedArgCount(), true);
		for (int i = 0; i < described.getCapturedArgCount(); i++) {
			kryo.writeClassAndObject(output, described.getCapturedArg(i));
		}
	}

	@Override
	public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
		if (input.readBoolean()) {
			return JavaForm.read(kryo, input);
		}
		Class<?> capturing = this.classes.read(input);
		String functionalInterface = input.readString();
		String method = input.readString();
		String signature = input.readString();
		int kind = input.readVarInt(true);
		String implementing = input.readString();
		String implementation = input.readString();
		String implementationSignature = input.readString();
		String instantiated = input.readString();
		@Nullable Object[] captured = new @Nullable Object[((GraphInput) input).readElements()];
		for (int i = 0; i < captured.length; i++) {
			captured[i] = kryo.readClassAndObject(input);
		}
		return make(capturing, new SerializedLambda(capturing, functionalInterface, method, signature, kind,
				implementing, implementation, implementationSignature, instantiated, captured));
	}

	private static SerializedLambda describe(Object lambda) {
		try {
			Method method = lambda.getClass().getDeclaredMethod("writeReplace");
			method.setAccessible(true);
			return (SerializedLambda) method.invoke(lambda);
		}
		catch (ReflectiveOperationException ex) {
			throw Failures.wrap(ex);
		}
	}

	// What the compiler has put there makes those lambdas that are in the class, and no
	// others.
	private static @Nullable Object make(Class<?> capturing, SerializedLambda described) {
		try {
			Method method = capturing.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
			method.setAccessible(true);
			return method.invoke(null, described);
		}
		catch (InvocationTargetException ex) {
			Throwable reason = (ex.getCause() != null) ? ex.getCause() : ex;
			throw Failures.ofCode("what makes the lambdas of " + capturing.getName(), reason);
		}
		catch (ReflectiveOperationException ex) {
			throw Failures.wrap(ex);
		}
	}

}
