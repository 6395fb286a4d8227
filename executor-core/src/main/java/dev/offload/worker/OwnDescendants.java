package dev.offload.worker;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The processes that this worker has started, and those that they have started.
 */
final class OwnDescendants {

	/** Given by the service to each worker, with a value of its own. */
	private static final String MARKER = "OFFLOAD_WORKER_ID";

	private static final int MAX_ENVIRONMENT_BYTES = 1024 * 1024;

	private OwnDescendants() {
	}

	/**
	 * Kills them all; where there is a {@code /proc}, also those that have left this
	 * worker's tree but kept its environment. Never throws.
	 */
	static void kill() {
		try {
			List<ProcessHandle> descendants = ProcessHandle.current().descendants().toList();
			descendants.forEach(ProcessHandle::destroyForcibly);
		}
		catch (RuntimeException | Error ex) {
			// Processes that come and go are known to break the query.
		}
		try {
			killMarked();
		}
		catch (RuntimeException | Error ex) {
			// Nothing is left that could be done.
		}
	}

	private static void killMarked() {
		String id = System.getenv(MARKER);
		String[] names = new File("/proc").list();
		if (id == null || names == null) {
			return;
		}
		String own = Long.toString(ProcessHandle.current().pid());
		for (String name : names) {
			if (Character.isDigit(name.charAt(0)) && !name.equals(own) && isMarked(name, MARKER + "=" + id)) {
				ProcessHandle.of(Long.parseLong(name))
					.filter((process) -> isMarked(name, MARKER + "=" + id))
					.ifPresent(ProcessHandle::destroyForcibly);
			}
		}
	}

	private static boolean isMarked(String pid, String marker) {
		try (FileInputStream environment = new FileInputStream("/proc/" + pid + "/environ")) {
			byte[] bytes = environment.readNBytes(MAX_ENVIRONMENT_BYTES);
			return new String(bytes, StandardCharsets.ISO_8859_1).contains(marker);
		}
		catch (IOException ex) {
			// Gone, or not ours.
			return false;
		}
	}

}
