package dev.offload.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The environment of a worker: a few variables of the service, by an allow list, and what
 * {@code worker.environment} adds.
 *
 * <p>
 * The list holds what programs need to find their files, their language and the time, and
 * what native libraries need to be found. It holds no application's variables, for
 * secrets are passed in these; and none of those from which a JVM takes options, for a
 * debug port or an agent cannot be had twice.
 */
final class WorkerVariables {

	/**
	 * The variable by which the processes that a worker has started are found after its
	 * end.
	 */
	static final String MARKER = "OFFLOAD_WORKER_ID";

	private static final Set<String> INHERITED = Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE",
			"TZ", "TZDIR", "TMPDIR", "TMP", "TEMP", "JAVA_HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LD_PRELOAD",
			"FONTCONFIG_PATH", "FONTCONFIG_FILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
			"MALLOC_ARENA_MAX", "SSL_CERT_FILE", "SSL_CERT_DIR",
			// Without these no program starts on Windows.
			"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
			"PROGRAMDATA", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE");

	/** The JVM puts its options after all others, so they could undo the fixed ones. */
	private static final List<String> REFUSED = List.of(MARKER, "_JAVA_OPTIONS");

	private WorkerVariables() {
	}

	/**
	 * The environment of a worker.
	 * @param service the variables of the service
	 * @param added those of {@code worker.environment}
	 * @param id the value of the marker
	 * @return the variables
	 * @throws IllegalArgumentException if one is added that must not be
	 */
	static Map<String, String> of(Map<String, String> service, Map<String, String> added, String id) {
		check(added);
		Map<String, String> variables = new LinkedHashMap<>();
		service.forEach((name, value) -> {
			if (isInherited(name)) {
				variables.put(name, value);
			}
		});
		variables.putAll(added);
		variables.put(MARKER, id);
		return variables;
	}

	// Throws an IllegalArgumentException if one must not be added.
	static void check(Map<String, String> added) {
		for (String refused : REFUSED) {
			if (added.containsKey(refused)) {
				throw new IllegalArgumentException("worker.environment must not set " + refused
						+ ". Options of the JVM belong in worker.jvm-args");
			}
		}
	}

	private static boolean isInherited(String name) {
		String upper = name.toUpperCase(Locale.ROOT);
		return INHERITED.contains(upper) || upper.startsWith("LC_");
	}

}
