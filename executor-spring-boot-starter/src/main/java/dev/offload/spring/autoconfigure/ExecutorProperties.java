package dev.offload.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import dev.offload.OverloadPolicy;
import dev.offload.StartMode;

/**
 * The settings of one executor in configuration files; what is {@code null} was not set.
 *
 * @param type Where tasks run: process, thread, virtual, inline or the type of another
 * factory.
 * @param maxWorkers The most workers, processes or threads, at a time. Default is the
 * number of processors.
 * @param minWorkers The workers kept ready once the first was started.
 * @param spareWorkers The workers kept ready without a task, beside those that have one.
 * @param threadsPerWorker How many tasks a worker process runs at a time.
 * @param maxPending The most tasks accepted and not ended, waiting and running together.
 * @param maxPendingBytes The most bytes of encoded arguments held at a time. Default is a
 * quarter of the heap.
 * @param overload What happens to a task for which there is no room.
 * @param overloadWait How long a caller waits for room if overload is wait.
 * @param rateLimit How many tasks may be submitted in rate-limit-period. Zero means any
 * number.
 * @param rateLimitPeriod The time of rate-limit.
 * @param queueTimeout How long a task may wait for a worker. Zero means no limit.
 * @param timeout How long a task may run once it was handed to a worker. Zero means no
 * limit.
 * @param killGrace How long a task may go on after it was interrupted, before its worker
 * is killed.
 * @param idleTimeout After how long without a task a worker above min-workers is ended.
 * Zero means never.
 * @param start Whether workers start with the first task or once the application is
 * ready.
 * @param startTimeout How long a worker may take until it is ready.
 * @param startFailures After how many failed starts in a row tasks are refused.
 * @param hangTimeout After how long without a sign of life a worker is killed. Zero means
 * never.
 * @param maxTasksPerWorker After how many tasks a worker is replaced. Zero means never.
 * @param maxWorkerAge At what age a worker is replaced. Zero means never.
 * @param maxWorkerMemory Above what resident size a worker is replaced.
 * @param closeTimeout How long accepted tasks may go on when the application stops.
 * @param maxPayloadBytes The most bytes of one task or one result.
 * @param maxSpoolBytes The most bytes in the files of arguments and results that travel
 * by reference, such as streams.
 * @param spoolDirectory The directory for these files. Default is the private directory
 * of the executor in java.io.tmpdir.
 * @param allowedTypes Classes and packages admitted in tasks and results beside the
 * defaults, such as com.acme.Invoice or com.acme.dto.**.
 * @param codec What turns objects into bytes: jdk, or the name of another codec on the
 * class path. Default is the PayloadCodec bean, or jdk where there is none.
 * @param codecRoundTrip Whether an inline executor encodes and decodes arguments and
 * results, so that what cannot be sent fails there too.
 * @param options Settings of executor types made by other factories.
 * @param retry The settings that say whether and how tasks are tried again.
 * @param worker The settings of worker processes.
 */
public record ExecutorProperties(@Nullable String type, @Nullable Integer maxWorkers, @Nullable Integer minWorkers,
		@Nullable Integer spareWorkers, @Nullable Integer threadsPerWorker, @Nullable Integer maxPending,
		@Nullable DataSize maxPendingBytes, @Nullable OverloadPolicy overload, @Nullable Duration overloadWait,
		@Nullable Integer rateLimit, @Nullable Duration rateLimitPeriod, @Nullable Duration queueTimeout,
		@Nullable Duration timeout, @Nullable Duration killGrace, @Nullable Duration idleTimeout,
		@Nullable StartMode start, @Nullable Duration startTimeout, @Nullable Integer startFailures,
		@Nullable Duration hangTimeout, @Nullable Integer maxTasksPerWorker, @Nullable Duration maxWorkerAge,
		@Nullable DataSize maxWorkerMemory, @Nullable Duration closeTimeout, @Nullable DataSize maxPayloadBytes,
		@Nullable DataSize maxSpoolBytes, @Nullable String spoolDirectory, @Nullable List<String> allowedTypes,
		@Nullable String codec, @Nullable Boolean codecRoundTrip, @Nullable Map<String, String> options,
		@NestedConfigurationProperty @Nullable RetryProperties retry,
		@NestedConfigurationProperty @Nullable WorkerProperties worker) {

	/**
	 * Nothing set.
	 */
	public static final ExecutorProperties NONE = new ExecutorProperties(null, null, null, null, null, null, null, null,
			null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
			null, null, null, null, null, null);

	/**
	 * An executor with nothing but a name: a key without a value.
	 * @param value what follows the key
	 * @return nothing set
	 * @throws IllegalArgumentException if something follows
	 */
	public static ExecutorProperties valueOf(String value) {
		if (StringUtils.hasText(value)) {
			throw new IllegalArgumentException("An executor has settings below its name, and '" + value + "' is none");
		}
		return NONE;
	}

}
