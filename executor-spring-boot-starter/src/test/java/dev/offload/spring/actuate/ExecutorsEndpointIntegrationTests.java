package dev.offload.spring.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.RetrySpec;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.WorkerContext;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerSpec;
import dev.offload.WorkerState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the endpoint over HTTP: what it shows, does and refuses.
 */
@ExtendWith(OperatedServiceExtension.class)
class ExecutorsEndpointIntegrationTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final OperatedService service;

	ExecutorsEndpointIntegrationTests(OperatedService service) {
		this.service = service;
	}

	@Test
	void executorHasTheDocumentedFieldsAndNoOther() {
		TaskHandle<Long> task = runningInWorker();
		JsonNode executor = this.service.get("executors/pdf").json();
		assertThat(executor.propertyNames()).containsExactly("name", "type", "state", "paused", "limits", "pending",
				"queued", "active", "retrying", "submitted", "completed", "rejected", "retried", "quarantined",
				"averageWait", "averageRun", "workersStarted", "workersCrashed", "workers");
		assertThat(executor.get("limits").propertyNames()).containsExactly("maxWorkers", "minWorkers", "spareWorkers",
				"threadsPerWorker", "maxPending", "maxPendingBytes", "maxPayloadBytes", "maxTasksPerWorker",
				"maxWorkerAge", "hangTimeout", "queueTimeout", "timeout", "killGrace", "idleTimeout", "overload",
				"overloadWait", "rateLimit", "rateLimitPeriod");
		JsonNode worker = executor.get("workers")
			.valueStream()
			.filter((each) -> each.get("currentTasks").findValuesAsString("id").contains(task.id()))
			.findFirst()
			.orElseThrow();
		assertThat(worker.propertyNames()).startsWith("number", "pid", "state", "started", "age", "slots", "tasksDone",
				"currentTasks");
		JsonNode current = worker.get("currentTasks").get(0);
		assertThat(current.propertyNames()).containsExactly("id", "label", "running");
		task.cancel();
	}

	@Test
	void resizeWithANumberOrATextChangesTheLimit() {
		this.service.make(threads("resized"));
		JsonNode more = post("resized", "{'action':'resize','maxWorkers':3}", 200);
		assertThat(more.get("limits").get("maxWorkers").asInt()).isEqualTo(3);
		JsonNode less = post("resized", "{'action':'resize','maxWorkers':'2'}", 200);
		assertThat(less.get("limits").get("maxWorkers").asInt()).isEqualTo(2);
		assertThat(this.service.get("executors/resized").json()).isEqualTo(less);
	}

	@Test
	void resizeChangesSeveralLimitsAtOnceOrNone() {
		this.service.make(threads("limited"));
		JsonNode limits = post("limited",
				"{'action':'resize','maxPending':7,'timeout':'30s','queueTimeout':'PT5S','overloadWait':2000}", 200)
			.get("limits");
		assertThat(limits.get("maxPending").asInt()).isEqualTo(7);
		assertThat(limits.get("timeout").asString()).isEqualTo("PT30S");
		assertThat(limits.get("queueTimeout").asString()).isEqualTo("PT5S");
		assertThat(limits.get("overloadWait").asString()).isEqualTo("PT2S");
		post("limited", "{'action':'resize','maxPending':9,'timeout':'-1s'}", 400);
		assertThat(this.service.get("executors/limited").json().get("limits")).isEqualTo(limits);
		JsonNode bytes = post("pdf", "{'action':'resize','maxPendingBytes':'64MB'}", 200).get("limits");
		assertThat(bytes.get("maxPendingBytes").asLong()).isEqualTo(64 * 1024 * 1024);
	}

	@Test
	void pauseLetsTasksWaitAndResumeRunsThem() {
		OffloadExecutor executor = this.service.make(threads("paused"));
		assertThat(post("paused", "{'action':'pause'}", 200).get("paused").asBoolean()).isTrue();
		TaskHandle<Integer> task = executor.submit(() -> 1);
		assertThat(this.service.get("executors/paused").json().get("queued").asInt()).isOne();
		assertThat(post("paused", "{'action':'resume'}", 200).get("paused").asBoolean()).isFalse();
		assertThat(task.future()).succeedsWithin(BOUND);
	}

	@Test
	void drainDoesNotWaitAndSaysWhatIsPending() {
		OffloadExecutor executor = this.service.make(threads("drained"));
		CountDownLatch go = new CountDownLatch(1);
		TaskHandle<Boolean> task = executor.submit(() -> go.await(20, TimeUnit.SECONDS));
		JsonNode draining = post("drained", "{'action':'drain'}", 200);
		assertThat(draining.get("state").asString()).isEqualTo("draining");
		assertThat(draining.get("pending").asInt()).isOne();
		assertThat(post("drained", "{'action':'pause'}", 400).get("detail").asString())
			.isEqualTo("Executor 'drained' is draining, so there is nothing to pause");
		go.countDown();
		assertThat(task.future()).succeedsWithin(BOUND);
		await().atMost(BOUND).until(() -> executor.snapshot().pending() == 0);
		assertThat(post("drained", "{'action':'drain'}", 200).get("pending").asInt()).isZero();
		executor.close();
		assertThat(post("drained", "{'action':'resume'}", 400).get("detail").asString()).contains("is closed");
	}

	@Test
	void recycleReplacesOneWorkerOrAll() {
		TaskHandle<Long> task = runningInWorker();
		WorkerSnapshot worker = workerOf(task);
		JsonNode all = this.service.get("executorworkers").json();
		assertThat(all.propertyNames()).contains("pdf").doesNotContain("pool", "here");
		assertThat(all.get("pdf").findValuesAsString("pid")).contains(Long.toString(worker.pid()));
		String one = "{'action':'recycle','worker':" + worker.number() + "}";
		post("pdf", one, 200);
		assertThat(post("pdf", one, 400).get("detail").asString()).isEqualTo("Executor 'pdf' has worker "
				+ worker.number() + ", but that is not ready yet, or is replaced or ends already");
		task.cancel();
		awaitReplaced(worker.pid());
		long ready = awaitWorker((candidate) -> candidate.state() == WorkerState.IDLE).pid();
		post("pdf", "{'action':'recycle'}", 200);
		awaitReplaced(ready);
	}

	@Test
	void cancelEndsATaskThatRunsAndOneThatWaits() {
		OffloadExecutor executor = this.service.make(threads("cancelled"));
		CountDownLatch never = new CountDownLatch(1);
		TaskHandle<Boolean> running = executor.submit(() -> never.await(20, TimeUnit.SECONDS));
		TaskHandle<Integer> waiting = executor.submit(() -> 1, TaskOptions.DEFAULTS.withId("own id"));
		post("cancelled", "{'action':'cancel','task':'own id'}", 200);
		assertThat(waiting.future()).isCancelled();
		post("cancelled", "{'action':'cancel','task':'" + running.id() + "'}", 200);
		await().atMost(BOUND).until(() -> executor.snapshot().active() == 0);
		assertThat(running.future()).isCancelled();
	}

	@Test
	void releaseLetsWorkInAgainThatIsInQuarantine() {
		OffloadExecutor executor = this.service.make(ExecutorSpec.builder("quarantine")
			.maxWorkers(1)
			.retry(RetrySpec.NONE.withQuarantine(Duration.ofHours(1)))
			.worker(WorkerSpec.builder().context(WorkerContext.NONE).heapBytes(64L << 20).build()));
		TaskOptions poison = TaskOptions.DEFAULTS.withKey("poison").withLabel("Poison.take");
		assertThatExceptionOfType(WorkerCrashException.class)
			.isThrownBy(() -> executor.call(ExecutorsEndpointIntegrationTests::crash, poison));
		JsonNode quarantined = this.service.get("executors/quarantine").json().get("quarantined").get(0);
		assertThat(quarantined.propertyNames()).containsExactly("key", "label", "crashes", "remaining");
		assertThat(quarantined.get("key").asString()).isEqualTo("poison");
		assertThat(quarantined.get("label").asString()).isEqualTo("Poison.take");
		assertThat(quarantined.get("crashes").asInt()).isOne();
		assertThat(quarantined.get("remaining").asString()).startsWith("PT");
		JsonNode released = post("quarantine", "{'action':'release','key':'poison'}", 200);
		assertThat(released.get("quarantined").isEmpty()).isTrue();
		executor.closeNow();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|',
			textBlock = """
					pool    | {}                                             | 400 | Parameter action is missing: one of resize, pause, resume, drain, recycle, cancel, release
					pool    | {'action':'stop'}                              | 400 | There is no action 'stop'; there are resize, pause, resume, drain, recycle, cancel, release
					pool    | {'action':'resize'}                            | 400 | Action resize needs at least one of the parameters maxWorkers, minWorkers, spareWorkers, maxPending, maxPendingBytes, overloadWait, rateLimit, rateLimitPeriod, queueTimeout, timeout, killGrace, idleTimeout
					pool    | {'action':'resize','maxWorkers':0}             | 400 | Executor 'pool': max-workers must be at least 1, but is 0
					pool    | {'action':'resize','maxWorkers':'many'}        | 400 | Parameter maxWorkers is 'many', which is no Integer
					pool    | {'action':'resize','timeout':'soon'}           | 400 | Parameter timeout is 'soon', which is no Duration
					pool    | {'action':'resize','minWorkers':1}             | 400 | Executor 'pool' of type thread cannot change min-workers, for it has no worker processes
					pool    | {'action':'cancel','idleTimeout':'1s'}         | 400 | Action cancel has no parameter idleTimeout; it has task
					pool    | {'action':'resize','maxWorker':3}              | 400 | There is no parameter maxWorker; there are action, idleTimeout, key, killGrace, maxPending, maxPendingBytes, maxWorkers, minWorkers, name, overloadWait, queueTimeout, rateLimit, rateLimitPeriod, spareWorkers, task, timeout, worker
					pool    | {'action':'pause','maxWorkers':3}              | 400 | Action pause has no parameter maxWorkers
					pool    | {'action':'recycle'}                           | 400 | Executor 'pool' of type thread cannot recycle workers, for it has no worker processes
					here    | {'action':'pause'}                             | 400 | Executor 'here' of type inline cannot be paused, for its tasks run on their callers and never wait
					here    | {'action':'resize','maxWorkers':3}             | 400 | Executor 'here' of type inline cannot change max-workers, for its tasks run on their callers
					pool    | {'action':'cancel'}                            | 400 | Action cancel needs the parameter task
					pool    | {'action':'cancel','task':'nobody'}            | 404 | Executor 'pool' has no task 'nobody' that waits or runs
					pool    | {'action':'release'}                           | 400 | Action release needs the parameter key
					pool    | {'action':'release','key':'none'}              | 404 | Executor 'pool' has no work 'none' in quarantine
					pdf     | {'action':'recycle','worker':4711}             | 404 | Executor 'pdf' has no worker 4711
					nowhere | {'action':'pause'}                             | 404 | There is no executor 'nowhere'
					""")
	void refusalSaysWhy(String executor, String json, int status, String detail) {
		JsonNode refusal = post(executor, json, status);
		assertThat(refusal.propertyNames()).containsExactly("title", "status", "detail");
		assertThat(refusal.get("status").asInt()).isEqualTo(status);
		assertThat(refusal.get("detail").asString()).isEqualTo(detail);
	}

	@Test
	void workerHasTheStacksOfItsThreadsAndIsReplacedByDelete() {
		TaskHandle<Long> task = runningInWorker();
		WorkerSnapshot worker = workerOf(task);
		JsonNode detail = this.service.get("executorworkers/" + worker.pid()).json();
		assertThat(detail.propertyNames()).containsExactly("executor", "worker", "threadDump");
		assertThat(detail.get("executor").asString()).isEqualTo("pdf");
		assertThat(detail.get("worker").get("number").asInt()).isEqualTo(worker.number());
		assertThat(detail.get("threadDump").asString()).contains(getClass().getName());
		OperatedService.Answer deleted = this.service.delete("executorworkers/" + worker.pid());
		assertThat(deleted.status()).isEqualTo(200);
		assertThat(deleted.json().propertyNames()).containsExactly("executor", "worker");
		task.cancel();
		awaitReplaced(worker.pid());
	}

	@Test
	void workerThatIsNotThereIsNotFound() {
		OperatedService.Answer none = this.service.get("executorworkers/1");
		assertThat(none.status()).isEqualTo(404);
		assertThat(none.json().get("detail").asString()).isEqualTo("No executor has a worker with the process id 1");
		assertThat(this.service.delete("executorworkers/1").status()).isEqualTo(404);
		assertThat(this.service.get("executorworkers/me").status()).isEqualTo(400);
	}

	@Test
	void healthHasAComponentForEachExecutorAndCanBePartOfReadiness() {
		this.service.make(threads("healthy"));
		JsonNode health = this.service.get("health/offload").json();
		assertThat(health.get("components").propertyNames()).contains("pdf", "pool", "here", "healthy");
		assertThat(health.get("components").get("healthy").get("status").asString()).isEqualTo("UP");
		assertThat(this.service.get("health/readiness").status()).isEqualTo(200);
		post("ready", "{'action':'pause'}", 200);
		assertThat(this.service.get("health/offload/ready").status()).isEqualTo(503);
		assertThat(this.service.get("health/readiness").status()).isEqualTo(503);
		post("ready", "{'action':'resume'}", 200);
		assertThat(this.service.get("health/readiness").status()).isEqualTo(200);
	}

	private JsonNode post(String executor, String json, int status) {
		OperatedService.Answer answer = this.service.post("executors/" + executor, json.replace('\'', '"'));
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		return answer.json();
	}

	private TaskHandle<Long> runningInWorker() {
		TaskHandle<Long> task = this.service.executor("pdf").submit(ExecutorsEndpointIntegrationTests::sleep);
		workerOf(task);
		return task;
	}

	private WorkerSnapshot workerOf(TaskHandle<?> task) {
		return awaitWorker((worker) -> worker.currentTasks().stream().anyMatch((each) -> each.id().equals(task.id())));
	}

	private WorkerSnapshot awaitWorker(Predicate<WorkerSnapshot> wanted) {
		return await().atMost(BOUND)
			.until(() -> workers().stream().filter(wanted).findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	private List<WorkerSnapshot> workers() {
		return this.service.executor("pdf").snapshot().workers();
	}

	private void awaitReplaced(long pid) {
		await().atMost(BOUND).until(() -> workers().stream().noneMatch((worker) -> worker.pid() == pid));
	}

	private static long sleep() throws InterruptedException {
		TimeUnit.SECONDS.sleep(60);
		return 0;
	}

	private static int crash() {
		Runtime.getRuntime().halt(7);
		return 0;
	}

	private static ExecutorSpec.Builder threads(String name) {
		return ExecutorSpec.builder(name).type(ExecutorSpec.THREAD).maxWorkers(1);
	}

}
