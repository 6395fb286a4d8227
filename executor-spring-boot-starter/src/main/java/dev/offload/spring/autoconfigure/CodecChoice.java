package dev.offload.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadCodecs;
import dev.offload.spi.PayloadCodec;

/**
 * Finds the codec for executors that name none, and sees to it that the named ones are
 * there.
 */
final class CodecChoice {

	private CodecChoice() {
	}

	/**
	 * The codec for executors that name none.
	 * @param beans the beans, of which one may be a codec
	 * @param specs the executors
	 * @param environment the configuration, for messages
	 * @return the bean, or the codec of the JDK
	 * @throws InvalidOffloadSettingsException if a codec that is needed is not there or
	 * of no use; it names them all
	 */
	static PayloadCodec of(ListableBeanFactory beans, ExecutorSpecs specs, Environment environment) {
		PayloadCodec standard = beans.getBeanProvider(PayloadCodec.class).getIfAvailable(JdkPayloadCodec::new);
		List<String> problems = new ArrayList<>();
		if (!specs.declaredWithWorkers().isEmpty()) {
			checkConstructor(standard.getClass(), problems);
		}
		SettingPaths paths = new SettingPaths(environment);
		for (ExecutorSpec spec : specs.made().values()) {
			try {
				PayloadCodecs.of(spec, standard);
			}
			catch (InvalidSettingException ex) {
				problems.add(paths.describe(spec.name(), ex.setting()) + " " + ex.problem());
			}
		}
		if (!problems.isEmpty()) {
			throw new InvalidOffloadSettingsException(problems);
		}
		return standard;
	}

	private static void checkConstructor(Class<?> type, List<String> problems) {
		if (Arrays.stream(type.getDeclaredConstructors())
			.noneMatch((constructor) -> constructor.getParameterCount() == 0)) {
			problems.add("the PayloadCodec bean is of " + type.getName()
					+ ", which has no constructor without parameters, and each worker makes a codec of that class by it; "
					+ "add one");
		}
	}

}
