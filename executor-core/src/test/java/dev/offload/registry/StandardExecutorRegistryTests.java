package dev.offload.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorConflictException;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.UnknownExecutorException;
import dev.offload.UnknownExecutorTypeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StandardExecutorRegistry}.
 */
class StandardExecutorRegistryTests {

	private final CustomExecutorFactory factory = new CustomExecutorFactory();

	private final StandardExecutorRegistry registry = StandardExecutorRegistry.builder().factory(this.factory).build();

	private static ExecutorSpec.Builder spec(String name) {
		return ExecutorSpec.builder(name).type("custom");
	}

	private OffloadExecutor make(String name) {
		return this.registry.getOrCreate(spec(name).build());
	}

	@Test
	void newRegistryIsEmpty() {
		assertThat(this.registry.executors()).isEmpty();
		assertThat(this.registry.snapshots()).isEmpty();
	}

	@Test
	void getOrCreateMakesTheExecutorOfThatName() {
		OffloadExecutor executor = make("compute");
		assertThat(executor.name()).isEqualTo("compute");
		assertThat(this.registry.executors()).containsOnlyKeys("compute");
	}

	@Test
	void getOrCreateWhenSettingsAreTheSameGivesTheSameInstance() {
		OffloadExecutor first = this.registry.getOrCreate(spec("compute").maxWorkers(3).build());
		assertThat(this.registry.getOrCreate(spec("compute").maxWorkers(3).build())).isSameAs(first);
		assertThat(this.factory.made()).isEqualTo(1);
	}

	@Test
	void getOrCreateWhenSettingsDifferFailsAndNamesThem() {
		OffloadExecutor first = this.registry.getOrCreate(spec("compute").maxWorkers(3).build());
		ExecutorSpec other = spec("compute").maxWorkers(4).maxPending(7).build();
		assertThatExceptionOfType(ExecutorConflictException.class).isThrownBy(() -> this.registry.getOrCreate(other))
			.satisfies((ex) -> assertThat(ex.executor()).isEqualTo("compute"))
			.satisfies((ex) -> assertThat(ex.settings()).containsExactly("max-workers", "max-pending"))
			.withMessageContaining("max-workers is 3, asked for is 4")
			.withMessageContaining("max-pending is 100, asked for is 7");
		assertThat(this.registry.require("compute")).isSameAs(first);
	}

	@Test
	void getOrCreateWhenManyThreadsAskForOneNameGivesAllOneInstance() throws Exception {
		int threads = 8;
		for (int round = 0; round < 50; round++) {
			ExecutorSpec spec = spec("compute-" + round).build();
			CyclicBarrier start = new CyclicBarrier(threads);
			List<OffloadExecutor> found = new CopyOnWriteArrayList<>();
			List<Thread> askers = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				Thread asker = new Thread(() -> found.add(askTogether(start, spec)), "test-asker-" + i);
				asker.start();
				askers.add(asker);
			}
			for (Thread asker : askers) {
				asker.join(30_000);
			}
			assertThat(found).hasSize(threads).containsOnly(this.registry.require(spec.name()));
			assertThat(this.factory.made()).isEqualTo(round + 1);
		}
	}

	private OffloadExecutor askTogether(CyclicBarrier start, ExecutorSpec spec) {
		try {
			start.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return this.registry.getOrCreate(spec);
	}

	@Test
	void getOrCreateWhenTypeIsUnknownFailsAndListsTheKnownOnes() {
		ExecutorSpec spec = ExecutorSpec.builder("compute").type("unknown").build();
		assertThatExceptionOfType(UnknownExecutorTypeException.class)
			.isThrownBy(() -> StandardExecutorRegistry.create().getOrCreate(spec))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo("unknown"))
			.satisfies((ex) -> assertThat(ex.known()).containsExactly("inline", "process", "thread", "virtual"))
			.withMessageContaining("unknown executor type 'unknown'")
			.withMessageContaining("inline, process, thread, virtual");
	}

	@Test
	void getOrCreateWhenTypeIsOfAnotherFactoryHasItsExecutorWithItsOptions() throws Exception {
		OffloadExecutor executor = this.registry
			.getOrCreate(spec("test").options(Map.of("custom-arg", "special")).build());
		assertThat(executor).isInstanceOfSatisfying(CustomExecutor.class,
				(custom) -> assertThat(custom.option("custom-arg")).isEqualTo("special"));
		assertThat(executor.name()).isEqualTo("test");
		assertThat(executor.call(() -> 5, TaskOptions.DEFAULTS)).isEqualTo(5);
		assertThat(executor.submit(() -> 6).future()).isCompletedWithValue(6);
		assertThat(executor.snapshot().submitted()).isEqualTo(2);
	}

	@Test
	void builderWhenTwoFactoriesAreOfOneTypeTakesTheLast() {
		CustomExecutorFactory last = new CustomExecutorFactory();
		StandardExecutorRegistry other = StandardExecutorRegistry.builder().factory(this.factory).factory(last).build();
		other.getOrCreate(spec("test").build());
		assertThat(last.made()).isEqualTo(1);
		assertThat(this.factory.made()).isZero();
	}

	@Test
	void findGivesTheExecutorOfThatName() {
		OffloadExecutor executor = make("test");
		assertThat(this.registry.find("test")).containsSame(executor);
		assertThat(this.registry.require("test")).isSameAs(executor);
	}

	@Test
	void findWhenThereIsNoneIsEmptyAndMakesNone() {
		assertThat(this.registry.find("nonexistent")).isEmpty();
		assertThat(this.factory.made()).isZero();
	}

	@Test
	void findTellsOneNameFromAnother() {
		make("test");
		assertThat(this.registry.find("test")).isPresent();
		assertThat(this.registry.find("other")).isEmpty();
	}

	@Test
	void requireWhenThereIsNoneFailsAndListsTheKnownOnes() {
		assertThatExceptionOfType(UnknownExecutorException.class).isThrownBy(() -> this.registry.require("pdf"))
			.withMessageContaining("there is none yet");
		make("a");
		make("b");
		assertThatExceptionOfType(UnknownExecutorException.class).isThrownBy(() -> this.registry.require("pdf"))
			.satisfies((ex) -> assertThat(ex.known()).containsExactly("a", "b"))
			.withMessageContaining("There is no executor 'pdf'; there are a, b");
	}

	@Test
	void executorsCountThoseThatWereMade() {
		assertThat(this.registry.executors()).isEmpty();
		make("a");
		assertThat(this.registry.executors()).hasSize(1);
		make("b");
		assertThat(this.registry.executors()).hasSize(2);
	}

	@Test
	void executorsIsACopyInTheOrderOfTheirMaking() {
		OffloadExecutor second = make("b");
		OffloadExecutor first = make("a");
		Map<String, OffloadExecutor> copy = this.registry.executors();
		make("c");
		assertThat(copy).containsExactly(Map.entry("b", second), Map.entry("a", first));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(copy::clear);
	}

	@Test
	void snapshotsHaveOneForEachExecutor() {
		make("a");
		make("b");
		assertThat(this.registry.snapshots()).extracting(ExecutorSnapshot::name).containsExactly("a", "b");
	}

	@Test
	void closeAllClosesEachAndForgetsThem() {
		CustomExecutor first = (CustomExecutor) make("a");
		CustomExecutor second = (CustomExecutor) make("b");
		this.registry.closeAll();
		assertThat(first.isClosed()).isTrue();
		assertThat(second.isClosed()).isTrue();
		assertThat(this.registry.executors()).isEmpty();
		assertThat(make("a")).isNotSameAs(first);
	}

	@Test
	void closeAllWhenSomeFailClosesTheOthersAndTellsOfAllFailures() {
		CustomExecutor failing = failing("a", "no way");
		CustomExecutor good = (CustomExecutor) make("b");
		CustomExecutor alsoFailing = failing("c", "nor here");
		assertThatExceptionOfType(OffloadException.class).isThrownBy(this.registry::closeAll)
			.withMessageContaining("2 of 3 executors failed to close")
			.satisfies(
					(ex) -> assertThat(List.of(ex.getCause(), ex.getSuppressed()[0])).extracting(Throwable::getMessage)
						.containsExactlyInAnyOrder("no way", "nor here"));
		assertThat(List.of(failing, good, alsoFailing)).allMatch(CustomExecutor::isClosed);
		assertThat(this.registry.executors()).isEmpty();
	}

	private CustomExecutor failing(String name, String message) {
		return (CustomExecutor) this.registry.getOrCreate(spec(name).options(Map.of("fail-on-close", message)).build());
	}

	@Test
	void toStringNamesTheExecutors() {
		make("compute");
		make("io");
		assertThat(this.registry.toString()).contains("compute").contains("io");
	}

}
