package dev.offload.spring.worker;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.offload.OffloadException;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerInitializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InitializerBeans}.
 */
class InitializerBeansTests {

	@Test
	void ofWhenThereAreBeansHasThemInTheirOrder() {
		assertThat(of(Initializers.class, null)).hasSize(3)
			.first()
			.isInstanceOfSatisfying(Named.class, (named) -> assertThat(named.name).isEqualTo("first"));
		assertThat(of(Initializers.class, null)).element(2).isInstanceOf(Last.class);
	}

	@Test
	void ofWhenTheSettingsNameABeanHasItOnce() {
		assertThat(of(Initializers.class, Last.class)).hasSize(3);
	}

	@Test
	void ofWhenTheSettingsNameNoBeanMakesOneWithWhatItNeeds() {
		assertThat(of(Initializers.class, Injected.class)).hasSize(4)
			.last()
			.isInstanceOfSatisfying(Injected.class, (injected) -> assertThat(injected.model).isNotNull());
	}

	@Test
	void ofWhenItNeedsWhatIsNotThereTellsTheRootFirst() {
		assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> of(Nothing.class, Injected.class))
			.withMessageContaining("No qualifying bean of type '" + Model.class.getName())
			.withMessageContaining("a WorkerInitializer could not be created in worker 3 of executor 'pdf'");
	}

	@Test
	void ofWhenThereAreArgumentsForNobodySaysSo() {
		assertThatExceptionOfType(OffloadException.class).isThrownBy(() -> of(Nothing.class, null))
			.withMessageContaining("worker.initializer-arguments (1) are for nobody")
			.withMessageContaining("worker 3 of executor 'pdf'");
	}

	private static List<WorkerInitializer> of(Class<?> configuration,
			@Nullable Class<? extends WorkerInitializer> configured) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configuration)) {
			return new InitializerBeans(context.getBeanFactory()).of(configured,
					new WorkerEnvironment("pdf", 3, List.of("model.bin"), Map.of()));
		}
	}

	/**
	 * Three of them, in another order than that in which they run.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Initializers {

		@Bean
		Last last() {
			return new Last();
		}

		@Bean
		@Order(2)
		WorkerInitializer second() {
			return new Named("second");
		}

		@Bean
		@Order(1)
		WorkerInitializer first() {
			return new Named("first");
		}

		@Bean
		Model model() {
			return new Model();
		}

	}

	/**
	 * Nothing in it.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	/**
	 * What an initializer needs.
	 */
	static class Model {

	}

	/**
	 * Told from others by its name.
	 */
	static class Named implements WorkerInitializer {

		private final String name;

		Named(String name) {
			this.name = name;
		}

		@Override
		public void initialize(WorkerEnvironment environment) {
			throw new UnsupportedOperationException(this.name);
		}

	}

	/**
	 * Says nothing of its order.
	 */
	static class Last implements WorkerInitializer {

		@Override
		public void initialize(WorkerEnvironment environment) {
			throw new UnsupportedOperationException();
		}

	}

	/**
	 * Is no bean, and needs one.
	 */
	static class Injected implements WorkerInitializer {

		private final Model model;

		Injected(Model model) {
			this.model = model;
		}

		@Override
		public void initialize(WorkerEnvironment environment) {
			throw new UnsupportedOperationException(this.model.toString());
		}

	}

}
