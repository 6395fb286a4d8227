package dev.offload.codec;

import java.lang.reflect.Method;
import java.util.List;

import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

/**
 * What the tests of this package share. Its own package is the application.
 */
final class Codecs {

	static final PayloadLimits LIMITS = PayloadLimits.ofBytes(1_000_000);

	static final AllowedTypes TYPES = AllowedTypes.of(List.of("dev.offload.codec"), List.of());

	private Codecs() {
	}

	static TaskCodec codec() {
		return codec(LIMITS);
	}

	static TaskCodec codec(PayloadLimits limits) {
		return new TaskCodec(new JdkPayloadCodec(), "pdf", limits);
	}

	static PayloadScope service() {
		return scope(TYPES);
	}

	static PayloadScope worker() {
		return scope(TYPES.withLambdas());
	}

	static PayloadScope scope(AllowedTypes types) {
		return scope(types, LIMITS);
	}

	static PayloadScope scope(AllowedTypes types, PayloadLimits limits) {
		return new PayloadScope(Codecs.class.getClassLoader(), types, limits);
	}

	static Method method(Class<?> type, String name) {
		for (Method method : type.getDeclaredMethods()) {
			if (method.getName().equals(name)) {
				return method;
			}
		}
		throw new IllegalArgumentException(name);
	}

}
