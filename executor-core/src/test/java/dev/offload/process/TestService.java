package dev.offload.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerProcess;

/**
 * A service with some workers. It prints {@code WORKER <behaviour> <pid>} for each, then
 * {@code STARTED}, and stays. Arguments: options of the workers' JVMs, {@code --}, the
 * behaviours of the workers.
 */
public final class TestService {

	private TestService() {
	}

	public static void main(String[] args) throws Exception {
		List<String> arguments = List.of(args);
		int separator = arguments.indexOf("--");
		Path directory = Files.createTempDirectory(Path.of(System.getProperty("test.directory")), "service");
		for (String behaviour : arguments.subList(separator + 1, arguments.size())) {
			WorkerSpec.Builder settings = TestLaunch.settings().jvmArgs(arguments.subList(0, separator));
			WorkerProcess worker = TestLaunch.start(directory, behaviour, settings);
			long pid = TestLaunch.awaitReady(worker);
			worker.identify(pid);
			System.out.println("WORKER " + behaviour + " " + pid);
			if (behaviour.contains("child")) {
				System.out.println("WORKER child " + TestLaunch.awaitLine(worker, "CHILD "));
			}
			if (behaviour.contains("orphan")) {
				System.out.println("WORKER orphan " + TestLaunch.awaitLine(worker, "ORPHAN "));
			}
		}
		System.out.println("STARTED");
		Thread.sleep(Long.MAX_VALUE);
	}

}
