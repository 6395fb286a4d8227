package dev.offload.process;

import java.io.IOException;
import java.util.List;

import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerCommandCustomizer;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerOptions;

/**
 * Lets customizers change the start of a worker, and checks after each of them, so that
 * an error can name the one that was wrong.
 */
public final class CustomizedLaunch {

	private CustomizedLaunch() {
	}

	/**
	 * The start of a worker as customizers want it.
	 * @param launch the start as the settings say it
	 * @param customizers the customizers, in their order
	 * @return the start
	 * @throws IOException if one fails, or changes what must stay; the message names it
	 */
	public static WorkerLaunch of(WorkerLaunch launch, List<WorkerCommandCustomizer> customizers) throws IOException {
		WorkerLaunch changed = launch;
		for (WorkerCommandCustomizer customizer : customizers) {
			try {
				changed = apply(changed, customizer);
			}
			catch (RuntimeException ex) {
				throw new IOException("Cannot start " + launch + ": its customizer " + customizer.getClass().getName()
						+ " is wrong: " + ex.getMessage(), ex);
			}
		}
		return changed;
	}

	private static WorkerLaunch apply(WorkerLaunch launch, WorkerCommandCustomizer customizer) {
		WorkerOptions options = new WorkerOptions(launch.worker());
		customizer.customize(launch, options);
		WorkerCommand.checkJvmArgs(launch.executor(), options.jvmArgs());
		WorkerVariables.check(options.environment());
		WorkerSpec worker = launch.worker()
			.toBuilder()
			.jvmArgs(options.jvmArgs())
			.environment(options.environment())
			.build();
		return launch.withWorker(worker);
	}

}
