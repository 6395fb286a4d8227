package dev.offload.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.offload.codec.AllowedTypes;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

/**
 * Makes a {@link JdbcTaskStore}. Used by one thread.
 */
public final class JdbcTaskStoreBuilder {

	private static final long MAX_RESULT_BYTES = 1024 * 1024;

	private static final long MAX_UNWRITTEN_BYTES = 64L * 1024 * 1024;

	private static final int MAX_UNWRITTEN = 10_000;

	private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

	private final DataSource dataSource;

	private StoreSettings settings = StoreSettings.DEFAULTS;

	private Clock clock = Clock.systemUTC();

	private PayloadCodec codec = new JdkPayloadCodec();

	private Collection<String> packages = List.of();

	private Collection<String> allowedTypes = List.of();

	private @Nullable ClassLoader classLoader;

	private long maxResultBytes = MAX_RESULT_BYTES;

	private Duration answerTimeout = ANSWER_TIMEOUT;

	private int maxUnwritten = MAX_UNWRITTEN;

	private long maxUnwrittenBytes = MAX_UNWRITTEN_BYTES;

	JdbcTaskStoreBuilder(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * What the names of the tables begin with; {@code OFFLOAD_} by default.
	 * @param value letters, digits and underscores
	 * @return this builder
	 * @throws IllegalArgumentException if it is something else
	 */
	public JdbcTaskStoreBuilder tablePrefix(String value) {
		this.settings = this.settings.withTablePrefix(value);
		return this;
	}

	/**
	 * How long a task that has ended is kept; an hour by default.
	 * @param value the time, 0 for ever
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder resultTtl(Duration value) {
		this.settings = this.settings.withResultTtl(value);
		return this;
	}

	/**
	 * How long what was saved waits for more before it is written; 100 ms by default.
	 * Other services see it so much later.
	 * @param value the time, at most a third of the lease
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder writeDelay(Duration value) {
		this.settings = this.settings.withWriteDelay(value);
		return this;
	}

	/**
	 * For how long a service is taken for alive that was not heard of; 30 s by default.
	 * All services that share the tables have the same.
	 * @param value the time, above 0
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder lease(Duration value) {
		this.settings = this.settings.withLease(value);
		return this;
	}

	/**
	 * How long closing may take to write what is not written yet; 10 s by default.
	 * @param value the time
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder closeTimeout(Duration value) {
		this.settings = this.settings.withCloseTimeout(value);
		return this;
	}

	/**
	 * How long the database may take for a statement, and callers may wait for those who
	 * write; 10 s by default. One that takes longer is taken for away.
	 * @param value the time, 1 ms or more
	 * @return this builder
	 * @throws IllegalArgumentException if it is less
	 */
	public JdbcTaskStoreBuilder answerTimeout(Duration value) {
		requirePositive("the milliseconds of the answer timeout", value.toMillis());
		this.answerTimeout = value;
		return this;
	}

	/**
	 * The most bytes of a result that is kept; 1 MiB by default.
	 * @param value the bytes, 0 to keep no results
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder maxResultBytes(long value) {
		this.maxResultBytes = value;
		return this;
	}

	/**
	 * How much may wait to be written; 10 000 tasks and 64 MiB of results by default.
	 * Tasks that have not ended are always held.
	 * @param tasks the most tasks
	 * @param resultBytes the most bytes of results
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder maxUnwritten(int tasks, long resultBytes) {
		this.maxUnwritten = (int) requirePositive("the most unwritten tasks", tasks);
		this.maxUnwrittenBytes = requirePositive("the most unwritten bytes", resultBytes);
		return this;
	}

	/**
	 * Whether calls, whose callers wait, are kept also where they end before they would
	 * be written; {@code false} by default. Those that are refused are then kept, too.
	 * @param value whether they are
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder shortCalls(boolean value) {
		this.settings = this.settings.withShortCalls(value);
		return this;
	}

	/**
	 * What encodes results; that of the JDK by default, which can be read in any case.
	 * @param value the codec
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder codec(PayloadCodec value) {
		this.codec = value;
		return this;
	}

	/**
	 * Which classes results may have when they are read, beside those of the JDK that
	 * payloads may have.
	 * @param applicationPackages the packages of the application, with those below them
	 * @param patterns further classes, written as {@code allowed-types} are
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder allowedTypes(Collection<String> applicationPackages, Collection<String> patterns) {
		this.packages = List.copyOf(applicationPackages);
		this.allowedTypes = List.copyOf(patterns);
		return this;
	}

	/**
	 * The loader of the classes of results; that of the calling thread's context by
	 * default.
	 * @param value the loader
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder classLoader(ClassLoader value) {
		this.classLoader = value;
		return this;
	}

	/**
	 * The clock by which the time of tasks is over; the system's by default.
	 * @param value the clock
	 * @return this builder
	 */
	public JdbcTaskStoreBuilder clock(Clock value) {
		this.clock = value;
		return this;
	}

	/**
	 * Makes the store. The database need not answer by now.
	 * @return the store, which is to be closed
	 * @throws IllegalArgumentException if the write delay is more than a third of the
	 * lease
	 */
	public JdbcTaskStore build() {
		PayloadScope scope = new PayloadScope(loader(), AllowedTypes.of(this.packages, this.allowedTypes),
				PayloadLimits.ofBytes(Integer.MAX_VALUE));
		WriteBuffer buffer = new WriteBuffer(this.maxUnwritten, this.maxUnwrittenBytes);
		ResultCodec results = new ResultCodec(this.codec, scope, this.maxResultBytes);
		Database database = new Database(this.dataSource, this.answerTimeout);
		return new JdbcTaskStore(database, this.settings.requireRenewable(), buffer, results, this.clock).start();
	}

	private ClassLoader loader() {
		ClassLoader given = this.classLoader;
		ClassLoader context = (given != null) ? given : Thread.currentThread().getContextClassLoader();
		return (context != null) ? context : ClassLoader.getSystemClassLoader();
	}

	private static long requirePositive(String name, long value) {
		if (value < 1) {
			throw new IllegalArgumentException(name + " must be 1 or more, but is " + value);
		}
		return value;
	}

}
