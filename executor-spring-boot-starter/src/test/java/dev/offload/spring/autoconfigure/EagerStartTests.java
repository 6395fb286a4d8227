package dev.offload.spring.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.offload.spi.WorkerLauncher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EagerStart}, with a launcher that starts nothing.
 */
class EagerStartTests {

	@Test
	void eagerExecutorsStartWhenTheApplicationIsReadyAndOthersDoNot() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--offload.executors.eager.start=eager", "--offload.executors.lazy.type=process")) {
			Launches launches = context.getBean(Launches.class);
			await().atMost(Duration.ofSeconds(10)).until(() -> !launches.executors.isEmpty());
			assertThat(launches.executors).containsOnly("eager");
			assertThat(launches.whileStarting).isZero();
		}
	}

	static class Launches {

		private final List<String> executors = new CopyOnWriteArrayList<>();

		private volatile int whileStarting = -1;

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(OffloadAutoConfiguration.class)
	static class Application {

		@Bean
		Launches launches() {
			return new Launches();
		}

		@Bean
		WorkerLauncher workerLauncher(Launches launches) {
			return (launch) -> {
				launches.executors.add(launch.executor());
				throw new IOException("This launcher starts nothing");
			};
		}

		@Bean
		ApplicationRunner runner(Launches launches) {
			return (arguments) -> launches.whileStarting = launches.executors.size();
		}

	}

}
