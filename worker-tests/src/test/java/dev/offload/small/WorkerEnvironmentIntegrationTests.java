package dev.offload.small;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

import dev.offload.spi.WorkerInitializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a worker knows is what its service knows.
 */
class WorkerEnvironmentIntegrationTests {

	private static final String SET_BY_CODE = "small.set-by-code";

	private static ConfigurableApplicationContext service;

	private static Pool pool;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		Path secrets = Files.createDirectories(directory.resolve("secrets/small"));
		Files.writeString(secrets.resolve("tree"), "from the tree of files");
		System.setProperty(SET_BY_CODE, "from the service's code");
		SpringApplication application = new SpringApplication(SmallApplication.class);
		Properties defaults = new Properties();
		defaults.put("small.default", "from the defaults");
		defaults.put("small.rank", "defaults");
		application.setDefaultProperties(defaults);
		service = application.run("--spring.config.name=small", "--small.argument=from the arguments",
				"--spring.config.import=configtree:" + secrets.getParent() + "/,remote:any");
		MutablePropertySources sources = service.getEnvironment().getPropertySources();
		sources.addFirst(new MapPropertySource("top", Map.of("small.top", 42, "small.file-or-top", "top")));
		sources.addAfter("top", new MapPropertySource("second", Map.of("small.top", 41)));
		sources.addLast(new MapPropertySource("bottom",
				Map.of("small.bottom", "from below", "small.file-or-bottom", "bottom")));
		pool = new Pool(service,
				(worker) -> worker.profiles(List.of("extra"))
					.properties(Map.of("small.argument-or-worker", "worker", "small.bottom-too", "${small.bottom}!"))
					.environment(Map.of("SMALL_OWN_VARIABLE", "from the worker's settings"))
					.initializer(Preparations.Named.class.getName())
					.initializerArguments(List.of("model.bin", "4"))
					.warmUp(List.of("warm")));
	}

	@AfterAll
	static void stop() {
		pool.close();
		service.close();
		System.clearProperty(SET_BY_CODE);
	}

	@Test
	void defaultProfileOfTheServiceStaysActive() throws Throwable {
		assertThat(pool.tell("profiles")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsExactly("default", "extra", "offload-worker");
		assertThat(pool.tell("property", "small.of-default-profile")).isEqualTo("from small-default.yml");
	}

	@Test
	void filesOfTheWorkersProfilesAreRead() throws Throwable {
		assertThat(pool.tell("property", "small.of-extra-profile")).isEqualTo("from small-extra.yml");
		assertThat(pool.tell("property", "small.of-worker-profile")).isEqualTo("from small-offload-worker.yml");
	}

	@Test
	void argumentsReachTheWorker() throws Throwable {
		assertThat(pool.tell("property", "small.argument")).isEqualTo("from the arguments");
	}

	@Test
	void defaultPropertiesReachTheWorkerAsTheWeakest() throws Throwable {
		assertThat(pool.tell("property", "small.default")).isEqualTo("from the defaults");
		assertThat(pool.tell("property", "small.rank")).isEqualTo("file");
	}

	@Test
	void sourcesAddedByCodeKeepTheirPlaces() throws Throwable {
		assertThat(pool.tell("property", "small.top")).isEqualTo("42");
		assertThat(pool.tell("property", "small.file-or-top")).isEqualTo("top");
		assertThat(pool.tell("property", "small.bottom")).isEqualTo("from below");
		assertThat(pool.tell("property", "small.file-or-bottom")).isEqualTo("file");
	}

	@Test
	void propertiesOfTheWorkerAreTheStrongest() throws Throwable {
		assertThat(pool.tell("property", "small.argument-or-worker")).isEqualTo("worker");
	}

	@Test
	void placeholdersAreFilledInTheWorker() throws Throwable {
		assertThat(pool.tell("property", "small.bottom-too")).isEqualTo("from below!");
	}

	@Test
	void variablesOfTheServiceArePropertiesButNoVariablesOfTheWorker() throws Throwable {
		assertThat(System.getenv("SMALL_SECRET")).as("set by the build").isEqualTo("from the environment");
		assertThat(pool.tell("property", "SMALL_SECRET")).isEqualTo("from the environment");
		assertThat(pool.tell("property", "small.secret")).isEqualTo("from the environment");
		assertThat(pool.tell("variable", "SMALL_SECRET")).isNull();
	}

	@Test
	void variablesOfTheWorkerAreStrongerThanTheServices() throws Throwable {
		assertThat(System.getenv("SMALL_OWN_VARIABLE")).as("set by the build").isEqualTo("from the environment");
		assertThat(pool.tell("property", "small.own-variable")).isEqualTo("from the worker's settings");
	}

	@Test
	void systemPropertiesSetByCodeReachTheWorker() throws Throwable {
		assertThat(pool.tell("property", SET_BY_CODE)).isEqualTo("from the service's code");
	}

	@Test
	void treeOfFilesReachesTheWorker() throws Throwable {
		assertThat(pool.tell("property", "small.tree")).isEqualTo("from the tree of files");
	}

	@Test
	void whatTheServiceImportedReachesTheWorkerAsItIs() throws Throwable {
		assertThat(pool.tell("property", "small.remote"))
			.isEqualTo("from the server for " + ProcessHandle.current().pid());
		assertThat(pool.tell("property", "small.file-or-remote"))
			.isEqualTo(service.getEnvironment().getProperty("small.file-or-remote"))
			.isEqualTo("remote");
	}

	@Test
	void propertiesInJsonReachTheWorker() throws Throwable {
		assertThat(System.getenv("SPRING_APPLICATION_JSON")).as("set by the build").contains("from the JSON");
		assertThat(pool.tell("property", "small.json")).isEqualTo("from the JSON");
	}

	@Test
	void nothingOfTheServiceIsOnTheCommandLineOrInTheVariablesOfTheWorker() throws Throwable {
		Path process = Path.of("/proc/" + pool.tell("pid"));
		assertThat(System.getProperty("small.option")).as("set by the build").isEqualTo("from-an-option");
		assertThat(pool.tell("property", "small.option")).isEqualTo("from-an-option");
		assertThat(Files.readString(process.resolve("cmdline"))).contains("java")
			.doesNotContain("from the", "from-an-option", "from below", "model.bin", "small.");
		assertThat(Files.readString(process.resolve("environ")))
			.contains("SMALL_OWN_VARIABLE=from the worker's settings")
			.doesNotContain("from the environment", "from the JSON", "from the arguments", "from the defaults",
					"from the tree", "from the server", "from the service's code", "from-an-option", "from below",
					"model.bin", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");
	}

	@Test
	void systemPropertiesOfTheWorkerItselfAreStronger() throws Throwable {
		assertThat(pool.tell("property", "offload.worker.executor")).isEqualTo("small");
	}

	@Test
	void beansToWarmUpAreThereBeforeTheFirstTask() throws Throwable {
		assertThat(pool.tell("exists", "warm")).isEqualTo(true);
	}

	@Test
	void initializersRunOnceInTheirOrderBeforeTheFirstTask() throws Throwable {
		assertThat(pool.call("notes", Preparations.Notes.class, "lines")).isEqualTo(List
			.of("Sooner of small[model.bin, 4]", "Later of small[model.bin, 4]", "Named of small[model.bin, 4]"));
	}

	@Test
	void initializersOfWorkersAreNotInTheService() {
		assertThat(service.getBeansOfType(WorkerInitializer.class)).containsOnlyKeys("ofTheService");
		assertThat(service.getBean(Preparations.Notes.class).lines()).isEmpty();
	}

	@Test
	void otherBeansAreNotCreated() throws Throwable {
		assertThat(pool.tell("exists", "cold")).isEqualTo(false);
	}

	@Test
	void prototypeIsNewForEachCall() throws Throwable {
		assertThat(pool.call("counter", Oddities.Counter.class, "count")).isEqualTo(1);
		assertThat(pool.call("counter", Oddities.Counter.class, "count")).isEqualTo(1);
	}

}
