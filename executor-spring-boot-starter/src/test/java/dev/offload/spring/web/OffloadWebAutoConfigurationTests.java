package dev.offload.spring.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.ControllerAdviceBean;

import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OffloadWebAutoConfiguration}.
 */
class OffloadWebAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(OffloadAutoConfiguration.class,
			OffloadWebAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withPropertyValues("offload.defaults.type=thread");

	@Test
	void handlerIsThereInServletAndReactiveApplications() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(OffloadExceptionHandler.class));
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.run((context) -> assertThat(context).hasSingleBean(OffloadExceptionHandler.class));
	}

	@Test
	void handlerIsNotThereWithoutTheWebOrWhenSwitchedOffOrInAWorker() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OffloadExceptionHandler.class));
		this.runner.withClassLoader(new FilteredClassLoader(RestControllerAdvice.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("offloadExceptionHandler"));
		this.runner.withPropertyValues("offload.web.problem-details.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OffloadExceptionHandler.class));
		this.runner.withPropertyValues("offload.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OffloadExceptionHandler.class));
		this.runner.withSystemProperties("offload.worker.socket=/tmp/none")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OffloadExceptionHandler.class));
	}

	@Test
	void handlerGivesWayToOneOfTheApplication() {
		OffloadExceptionHandler own = new OffloadExceptionHandler(Duration.ZERO);
		this.runner.withBean("own", OffloadExceptionHandler.class, () -> own)
			.run((context) -> assertThat(context).getBean(OffloadExceptionHandler.class).isSameAs(own));
	}

	// Spring asks the first that has a method for the exception.
	@Test
	void handlerComesAfterAdviceOfTheApplication() {
		this.runner.withUserConfiguration(OwnConfiguration.class)
			.run((context) -> assertThat(ControllerAdviceBean.findAnnotatedBeans(context))
				.extracting(ControllerAdviceBean::getBeanType)
				.map(String::valueOf)
				.containsExactly(String.valueOf(OwnAdvice.class), String.valueOf(OffloadExceptionHandler.class)));
	}

	@Test
	void startWhenASettingIsWrongNamesIt() {
		this.runner.withPropertyValues("offload.web.problem-details.retry-after=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("offload.web.problem-details.retry-after"));
		this.runner.withPropertyValues("offload.web.problem-detail.enabled=false")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("offload.web.problem-detail.enabled")
				.hasMessageContaining("Did you mean offload.web.problem-details.enabled?"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConfiguration {

		@Bean
		OwnAdvice ownAdvice() {
			return new OwnAdvice();
		}

	}

	@RestControllerAdvice
	static class OwnAdvice {

		@ExceptionHandler
		void failed(RuntimeException ex) {
		}

	}

}
