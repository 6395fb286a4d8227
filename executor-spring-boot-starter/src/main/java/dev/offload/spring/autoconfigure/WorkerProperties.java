package dev.offload.spring.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.offload.StartupCache;
import dev.offload.UnsentProperties;
import dev.offload.WorkerContext;
import dev.offload.WorkerLogging;
import dev.offload.WorkerTransport;
import dev.offload.spi.WorkerInitializer;

/**
 * The settings of the worker processes of an executor in configuration files; what is
 * {@code null} was not set.
 *
 * @param context What workers know of the application: its beans, those of
 * worker.sources, or none.
 * @param sources The configuration classes of a context of sources.
 * @param profiles Profiles active in workers, beside the service's own.
 * @param properties Properties of workers that override the service's.
 * @param heap The heap of a worker. Default is a fair share of the memory that is left.
 * @param processors The processors that a worker counts on. Default is a fair share.
 * @param heapDumps The directory in which a worker that runs out of heap leaves a dump.
 * @param jvmArgs More options of the JVM, after those inherited.
 * @param environment Environment variables of workers, beside the few inherited.
 * @param directory The working directory. Default is the service's own.
 * @param launcherPrefix Words put before the java command, such as nice, -n, 10.
 * @param initializer A class run once in each worker before its first task.
 * @param initializerArguments The arguments of the initializer, and of beans that are
 * initializers.
 * @param warmUp Names of beans created in a worker before its first task.
 * @param unsentProperties What happens when workers would lack properties of the service.
 * @param logging Where the log and the output of workers go.
 * @param logDirectory The directory of the files of worker.logging file.
 * @param startupCache Whether workers start from what one before them has left.
 * @param transport What carries calls between the service and a worker.
 */
public record WorkerProperties(@Nullable WorkerContext context, @Nullable List<Class<?>> sources,
		@Nullable List<String> profiles, @Nullable Map<String, String> properties, @Nullable DataSize heap,
		@Nullable Integer processors, @Nullable String heapDumps, @Nullable List<String> jvmArgs,
		@Nullable Map<String, String> environment, @Nullable String directory, @Nullable List<String> launcherPrefix,
		@Nullable Class<? extends WorkerInitializer> initializer, @Nullable List<String> initializerArguments,
		@Nullable List<String> warmUp, @Nullable UnsentProperties unsentProperties, @Nullable WorkerLogging logging,
		@Nullable String logDirectory, @Nullable StartupCache startupCache, @Nullable WorkerTransport transport) {

	/**
	 * Nothing set.
	 */
	public static final WorkerProperties NONE = new WorkerProperties(null, null, null, null, null, null, null, null,
			null, null, null, null, null, null, null, null, null, null, null);

}
