package dev.offload.small;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The properties of a test are those of its workers, or it would pass on another database
 * than the one that it looks at.
 */
@SpringBootTest(classes = SmallApplication.class, properties = { "spring.config.name=small", "small.rank=inlined" })
@ActiveProfiles("extra")
class ForwardedTestPropertiesIntegrationTests {

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("small.dynamic", () -> "from the dynamic source");
	}

	@Test
	void workerHasThePropertiesAndProfilesOfTheTest(@Autowired ApplicationContext service) throws Throwable {
		try (Pool pool = new Pool(service, (worker) -> worker)) {
			assertThat(pool.tell("property", "small.rank")).isEqualTo("inlined");
			assertThat(pool.tell("property", "small.dynamic")).isEqualTo("from the dynamic source");
			assertThat(pool.tell("property", "small.of-extra-profile")).isEqualTo("from small-extra.yml");
			assertThat(pool.tell("profiles")).isEqualTo(List.of("extra", "offload-worker"));
		}
	}

}
