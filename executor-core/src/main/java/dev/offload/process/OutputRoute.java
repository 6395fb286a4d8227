package dev.offload.process;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.WorkerLogging;
import dev.offload.spi.WorkerLaunch;

/**
 * Where the output of one worker goes, as {@code worker.logging} says.
 */
final class OutputRoute {

	private final WorkerLaunch launch;

	private final WorkerLogging logging;

	OutputRoute(WorkerLaunch launch) {
		this.launch = launch;
		this.logging = launch.worker().logging();
	}

	// The directory that has to be there.
	@Nullable String directory() {
		return (this.logging == WorkerLogging.FILE) ? this.launch.worker().logDirectory() : null;
	}

	void redirect(ProcessBuilder builder) {
		if (this.logging == WorkerLogging.INHERIT) {
			builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
		}
		else {
			builder.redirectErrorStream(true);
		}
	}

	OutputPump.Target target(Process process) {
		return switch (this.logging) {
			case FORWARD -> forward(this.launch.executor(), process.pid());
			case FILE -> new OutputFile(Path.of(Objects.requireNonNull(directory())), this.launch.executor(),
					this.launch.number());
			case INHERIT, OFF -> (line) -> {
			};
		};
	}

	private static OutputPump.Target forward(String executor, long pid) {
		Logger output = LoggerFactory.getLogger("dev.offload.worker." + executor);
		return (line) -> output.info("[{} {}] {}", executor, pid, line);
	}

}
