package dev.offload.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.offload.WorkerContext;

/**
 * Decides which options of the service's JVM its workers inherit.
 *
 * <p>
 * Options of the JVM itself are inherited by an allow list: what opens modules, what
 * switches language features, and how far code is compiled (a service that is started
 * quickly for development has such workers), but neither memory and collectors (each
 * executor has its own), nor agents, debuggers, ports and log files (there can be only
 * one of each).
 *
 * <p>
 * System properties are inherited by a deny list where the worker runs the application,
 * and else not at all, but for those that describe the machine: language, time zone,
 * encoding, native libraries, the directory for temporary files.
 */
final class JvmOptions {

	private static final List<String> INHERITED = List.of("--add-opens", "--add-exports", "--add-reads",
			"--add-modules", "--limit-modules", "--enable-native-access", "--illegal-native-access",
			"--sun-misc-unsafe-memory-access", "--illegal-final-field-mutation", "--enable-final-field-mutation",
			"--enable-preview", "--finalization", "-ea", "-enableassertions", "-da", "-disableassertions", "-esa",
			"-enablesystemassertions", "-dsa", "-disablesystemassertions", "-XX:+EnableDynamicAgentLoading",
			"-XX:TieredStopAtLevel=");

	private static final List<String> MACHINE_PROPERTIES = List.of("-Dfile.encoding=", "-Dsun.jnu.encoding=",
			"-Duser.timezone=", "-Duser.language", "-Duser.country", "-Duser.script", "-Duser.variant", "-Duser.region",
			"-Djava.locale.", "-Djava.io.tmpdir=", "-Djava.library.path=");

	private static final List<String> SERVICE_PROPERTIES = List.of(
			// This process, its launcher and its class path.
			"-Djava.class.path", "-Djava.awt.headless", "-Djdk.module.", "-Djava.endorsed.dirs", "-Djarmode",
			"-Dloader.main", "-Dloader.args", "-Doffload.worker.", "-Dstdout.encoding", "-Dstderr.encoding",
			"-Dsun.stdout.encoding", "-Dsun.stderr.encoding", "-Djava.security.manager",
			// Ports and files that only one process can have.
			"-Dcom.sun.management.", "-Djava.rmi.server.", "-Dserver.port", "-Dmanagement.server.port",
			"-Dlogging.file", "-DLOG_FILE", "-Dspring.application.admin", "-Dspring.liveBeansView",
			// What a server, a build or an editor says to the process that it started.
			"-Djava.util.logging.", "-Dcatalina.", "-Dorg.apache.catalina.", "-Dspring.devtools.", "-Dspring.boot.aot.",
			"-Dspring.aot.enabled", "-Dspring.context.checkpoint", "-Dspring.context.exit", "-Dsurefire.", "-Dbasedir",
			"-Dorg.gradle.", "-Didea.");

	private JvmOptions() {
	}

	/**
	 * The options that a worker inherits.
	 * @param service the options of the service's JVM
	 * @param context what the worker knows of the application
	 * @return those of them that it inherits, in the same order
	 */
	static List<String> inherit(List<String> service, WorkerContext context) {
		List<String> inherited = new ArrayList<>();
		for (String option : service) {
			if (isInherited(option, context) && ArgumentFile.canExpress(option)) {
				inherited.add(option);
			}
		}
		return inherited;
	}

	/**
	 * What the options that are known begin with.
	 * @return all entries of the lists
	 */
	static List<String> known() {
		return Stream.of(INHERITED, MACHINE_PROPERTIES, SERVICE_PROPERTIES).flatMap(List::stream).toList();
	}

	private static boolean isInherited(String option, WorkerContext context) {
		if (!option.startsWith("-D")) {
			return startsWithAny(option, INHERITED);
		}
		if (context == WorkerContext.NONE) {
			return startsWithAny(option, MACHINE_PROPERTIES);
		}
		return !startsWithAny(option, SERVICE_PROPERTIES);
	}

	private static boolean startsWithAny(String option, List<String> prefixes) {
		return prefixes.stream().anyMatch(option::startsWith);
	}

}
