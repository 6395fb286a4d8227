package dev.offload.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorClosedException;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;
import dev.offload.TaskTimes;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadScope;
import dev.offload.spi.StoredTask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link JdbcTaskStore}, beside its contract.
 */
class JdbcTaskStoreTests {

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

	private JdbcConnectionPool database;

	private JdbcTaskStore store;

	@BeforeEach
	void create() throws SQLException {
		this.database = Schema.h2("store");
		this.store = JdbcTaskStore.builder(this.database)
			.writeDelay(Duration.ofMinutes(1))
			.lease(Duration.ofMinutes(3))
			.maxResultBytes(1_000)
			.build();
	}

	@AfterEach
	void close() throws SQLException {
		this.store.close();
		Schema.execute(this.database, "DROP ALL OBJECTS");
		this.database.dispose();
	}

	@Test
	void taskThatEndsAtOnceIsWrittenOnce() {
		save(TaskStatus.PENDING, "one");
		save(TaskStatus.RUNNING, "one");
		save(TaskStatus.SUCCEEDED, "one");
		assertThat(this.store.list(TaskQuery.ALL).total()).isEqualTo(1);
		assertThat(this.store.state().written()).isEqualTo(1);
		assertThat(this.store.state().unwritten()).isZero();
	}

	@Test
	void whatIsSavedIsWrittenAfterAWhile() {
		try (JdbcTaskStore quick = JdbcTaskStore.builder(this.database).writeDelay(Duration.ofMillis(20)).build()) {
			quick.save(new StoredTask(task("one", TaskStatus.SUCCEEDED)));
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> quick.state().written() == 1);
		}
	}

	@Test
	void closingWritesWhatIsLeft() {
		save(TaskStatus.SUCCEEDED, "one");
		this.store.close();
		assertThat(query("SELECT STATUS FROM OFFLOAD_TASK")).isEqualTo("SUCCEEDED");
	}

	@Test
	void lateNewsOfATaskThatHasEndedChangesNothing() {
		save(TaskStatus.SUCCEEDED, "one");
		save(TaskStatus.RUNNING, "one");
		assertThat(status("one")).isEqualTo(TaskStatus.SUCCEEDED);
		this.store.list(TaskQuery.ALL);
		save(TaskStatus.RUNNING, "one");
		this.store.list(TaskQuery.ALL);
		assertThat(status("one")).isEqualTo(TaskStatus.SUCCEEDED);
	}

	@Test
	void taskThatWasRefusedTakesNoPlaceOfOneThatRan() {
		save("one", "result");
		this.store.list(TaskQuery.ALL);
		this.store.save(new StoredTask(refused("one")));
		this.store.save(new StoredTask(refused("two")));
		assertThat(this.store.find("one").orElseThrow().result()).isEqualTo("result");
		this.store.list(TaskQuery.ALL);
		assertThat(this.store.find("one").orElseThrow().result()).isEqualTo("result");
		assertThat(status("two")).isEqualTo(TaskStatus.REJECTED);
		save(TaskStatus.RUNNING, "two");
		this.store.list(TaskQuery.ALL);
		assertThat(status("two")).isEqualTo(TaskStatus.RUNNING);
	}

	@Test
	void resultIsThatOfTheEndOfItsTask() {
		List<String> result = new ArrayList<>(List.of("a"));
		save("one", result);
		result.add("b");
		assertThat(this.store.find("one").orElseThrow().result()).isEqualTo(List.of("a"));
	}

	@Test
	void taskIsKeptWithoutAResultThatCannotBe() {
		save("large", "x".repeat(2_000));
		save("unserializable", new Object());
		this.store.list(TaskQuery.ALL);
		assertThat(this.store.find("large")).contains(new StoredTask(task("large", TaskStatus.SUCCEEDED)));
		assertThat(this.store.find("unserializable").orElseThrow().hasResult()).isFalse();
		assertThat(this.store.state().unkeptResults()).isEqualTo(2);
	}

	@Test
	void resultIsReadIfItsClassIsAdmitted() {
		save("one", new Invoice(7));
		assertThat(this.store.find("one").orElseThrow().hasResult()).isFalse();
		this.store.list(TaskQuery.ALL);
		try (JdbcTaskStore other = JdbcTaskStore.builder(this.database)
			.allowedTypes(List.of("dev.offload.jdbc"), List.of())
			.build()) {
			assertThat(other.find("one").orElseThrow().result()).isEqualTo(new Invoice(7));
		}
	}

	@Test
	void recordIsFoundWithoutItsResult() {
		AtomicInteger decoded = new AtomicInteger();
		try (JdbcTaskStore other = JdbcTaskStore.builder(this.database).codec(counting(decoded)).build()) {
			other.save(new StoredTask(task("one", TaskStatus.SUCCEEDED), true, "x"));
			assertThat(other.findRecord("one")).contains(task("one", TaskStatus.SUCCEEDED));
			other.list(TaskQuery.ALL);
			assertThat(other.findRecord("one")).contains(task("one", TaskStatus.SUCCEEDED));
			assertThat(decoded).hasValue(0);
			assertThat(other.find("one").orElseThrow().result()).isEqualTo("x");
			assertThat(decoded).hasValue(1);
		}
	}

	@Test
	void textsAreMadeFitForTheDatabase() {
		TaskTimes times = new TaskTimes(this.now, null, null, Duration.ZERO, Duration.ZERO);
		this.store.save(new StoredTask(new TaskRecord("pdf", "one", "a\0b\ud800" + "c".repeat(2_000),
				Map.of("key", "\0"), TaskStatus.PENDING, 1, -1, times, null, null)));
		TaskRecord unwritten = this.store.find("one").orElseThrow().task();
		this.store.list(TaskQuery.ALL);
		assertThat(this.store.find("one").orElseThrow().task()).isEqualTo(unwritten);
		assertThat(unwritten.label()).hasSize(1_000).startsWith("a\ufffdb\ufffdcc");
	}

	@Test
	void idThatIsTooLongIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> save(TaskStatus.PENDING, "x".repeat(256)))
			.withMessageContaining("its id has more than 255 characters");
	}

	@Test
	void taskThatTheDatabaseRefusesKeepsNoOtherBack() throws SQLException {
		Schema.execute(this.database, "ALTER TABLE OFFLOAD_TASK ADD CONSTRAINT NOT_BAD CHECK (ID <> 'bad')");
		save(TaskStatus.PENDING, "first");
		save(TaskStatus.PENDING, "bad");
		save(TaskStatus.PENDING, "last");
		assertThat(this.store.list(TaskQuery.ALL).tasks()).extracting(TaskRecord::id)
			.containsExactlyInAnyOrder("first", "last");
		assertThat(this.store.state().dropped()).isEqualTo(1);
	}

	@Test
	void closingMarksWhatHasNotEndedAsLost() {
		save(TaskStatus.RUNNING, "running");
		save(TaskStatus.SUCCEEDED, "ended");
		this.store.close();
		TaskRecord lost = reopened("running");
		assertThat(lost.status()).isEqualTo(TaskStatus.FAILED);
		assertThat(lost.times().startedAt()).isEqualTo(this.now);
		assertThat(lost.times().finishedAt()).isNotNull();
		assertThat(lost.failure().type()).isEqualTo(ExecutorClosedException.class.getName());
		assertThat(lost.failure().message()).contains("The service that had the task ended before it did");
		assertThat(reopened("ended").status()).isEqualTo(TaskStatus.SUCCEEDED);
		assertThat(query("SELECT COUNT(*) FROM OFFLOAD_SERVICE")).isEqualTo("0");
	}

	@Test
	void tasksOfServicesThatAreNoMoreAreMarkedAsLostAndThoseOfOthersAreNot() throws SQLException {
		save(TaskStatus.RUNNING, "alive");
		save(TaskStatus.RETRYING, "dead");
		this.store.list(TaskQuery.ALL);
		String dead = UUID.randomUUID().toString();
		Schema.execute(this.database, "INSERT INTO OFFLOAD_SERVICE VALUES ('" + dead + "', 1, CURRENT_TIMESTAMP)");
		Schema.execute(this.database, "UPDATE OFFLOAD_TASK SET SERVICE_ID = '" + dead + "' WHERE ID = 'dead'");
		try (JdbcTaskStore other = JdbcTaskStore.builder(this.database).lease(Duration.ofMillis(300)).build()) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.until(() -> other.find("dead").orElseThrow().task().status() == TaskStatus.FAILED);
			assertThat(other.find("alive").orElseThrow().task().status()).isEqualTo(TaskStatus.RUNNING);
			assertThat(query("SELECT COUNT(*) FROM OFFLOAD_SERVICE")).isEqualTo("2");
		}
	}

	@Test
	void endOfATaskThatWasTakenForLostCounts() throws SQLException {
		save(TaskStatus.RUNNING, "one");
		this.store.list(TaskQuery.ALL);
		Schema.execute(this.database, "UPDATE OFFLOAD_TASK SET STATUS = 'FAILED', STATE_NUMBER = 2147483647");
		save("one", "after all");
		this.store.list(TaskQuery.ALL);
		assertThat(this.store.find("one").orElseThrow().result()).isEqualTo("after all");
	}

	@Test
	void tasksWhoseTimeIsOverAreRemoved() {
		try (JdbcTaskStore brief = JdbcTaskStore.builder(this.database)
			.resultTtl(Duration.ofMillis(1))
			.writeDelay(Duration.ofMillis(20))
			.lease(Duration.ofMillis(100))
			.build()) {
			brief.save(new StoredTask(task("one", TaskStatus.SUCCEEDED)));
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.until(() -> brief.state().written() == 1 && query("SELECT COUNT(*) FROM OFFLOAD_TASK").equals("0"));
		}
	}

	@Test
	void metadataCanBeAskedForInSql() {
		save(TaskStatus.PENDING, "one");
		this.store.list(TaskQuery.ALL);
		assertThat(query("SELECT METADATA FROM OFFLOAD_TASK")).isEqualTo("{\"tenant\":\"acme\"}");
	}

	@Test
	void missingTablesAreToldOf() {
		JdbcConnectionPool bare = JdbcConnectionPool.create("jdbc:h2:mem:bare", "sa", "");
		try (JdbcTaskStore other = JdbcTaskStore.builder(bare).tablePrefix("APP_").build()) {
			assertThatIllegalStateException().isThrownBy(other::requireTables)
				.withMessageContaining("its table APP_TASK is not there")
				.withMessageContaining("offload.jdbc.initialize-schema");
		}
		bare.dispose();
	}

	@Test
	void databaseThatIsAwayMayComeLater() {
		try (JdbcTaskStore other = JdbcTaskStore.builder(new AbsentDatabase()).closeTimeout(Duration.ZERO).build()) {
			other.requireTables();
			other.save(new StoredTask(task("one", TaskStatus.SUCCEEDED)));
			assertThat(other.find("one")).isPresent();
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !other.state().isAvailable());
		}
	}

	@Test
	void wrongSettingsAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> JdbcTaskStore.builder(this.database).tablePrefix("A; DROP"))
			.withMessageContaining("'A; DROP'");
		assertThatIllegalArgumentException().isThrownBy(() -> JdbcTaskStore.builder(this.database).lease(Duration.ZERO))
			.withMessageContaining("above 0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> JdbcTaskStore.builder(this.database).writeDelay(Duration.ofSeconds(11)).build())
			.withMessageContaining("at most a third of the lease of a service (PT30S), but is PT11S");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> JdbcTaskStore.builder(this.database).answerTimeout(Duration.ZERO))
			.withMessageContaining("answer timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> Dialect.of("Oracle")).withMessageContaining("'Oracle'");
	}

	private static PayloadCodec counting(AtomicInteger decoded) {
		PayloadCodec codec = new JdkPayloadCodec();
		return new PayloadCodec() {

			@Override
			public String name() {
				return "counting";
			}

			@Override
			public void encode(@Nullable Object value, OutputStream out) throws IOException {
				codec.encode(value, out);
			}

			@Override
			public @Nullable Object decode(InputStream in, PayloadScope scope)
					throws IOException, ClassNotFoundException {
				decoded.incrementAndGet();
				return codec.decode(in, scope);
			}

		};
	}

	private TaskRecord reopened(String id) {
		try (JdbcTaskStore other = JdbcTaskStore.builder(this.database).build()) {
			return other.find(id).orElseThrow().task();
		}
	}

	private TaskStatus status(String id) {
		return this.store.find(id).orElseThrow().task().status();
	}

	private void save(TaskStatus status, String id) {
		this.store.save(new StoredTask(task(id, status)));
	}

	private void save(String id, @Nullable Object result) {
		this.store.save(new StoredTask(task(id, TaskStatus.SUCCEEDED), true, result));
	}

	private TaskRecord refused(String id) {
		Instant later = this.now.plusSeconds(1);
		TaskTimes times = new TaskTimes(later, null, later, Duration.ZERO, Duration.ZERO);
		return new TaskRecord("pdf", id, "render", Map.of(), TaskStatus.REJECTED, 1, -1, times, null, null);
	}

	private TaskRecord task(String id, TaskStatus status) {
		boolean started = status != TaskStatus.PENDING;
		TaskTimes times = new TaskTimes(this.now, started ? this.now : null, status.isFinal() ? this.now : null,
				Duration.ZERO, Duration.ZERO);
		return new TaskRecord("pdf", id, "render", Map.of("tenant", "acme"), status, 1, -1, times, null, null);
	}

	private String query(String sql) {
		try (Connection connection = this.database.getConnection();
				ResultSet found = connection.createStatement().executeQuery(sql)) {
			return found.next() ? found.getString(1) : "";
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Invoice(int number) implements Serializable {

	}

}
