package dev.offload.spring.worker;

import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types known by name exist: a wrong name would find nothing and say nothing.
 */
class KnownTypesTests {

	@ParameterizedTest
	@MethodSource
	void typeExists(String name) {
		assertThat(getClass().getClassLoader().getResource(name.replace('.', '/') + ".class")).isNotNull();
	}

	static Stream<String> typeExists() {
		return Stream
			.of(QuietDefinitions.knownTypes(), BeanCompletion.knownTypes(), QuietBeans.KNOWN_TYPES,
					PoolSizes.knownTypes())
			.flatMap(Set::stream)
			.sorted();
	}

}
