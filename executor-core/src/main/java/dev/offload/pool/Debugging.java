package dev.offload.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerSpec;

/**
 * Workers with the agent of a debugger. One that stands at a breakpoint must not be
 * killed for that, so the limits of time are off.
 */
final class Debugging {

	private static final Logger logger = LoggerFactory.getLogger(Debugging.class);

	/** Nobody waits longer at a breakpoint, and nanoseconds can express it. */
	private static final Duration FOREVER = Duration.ofDays(365);

	private static final Pattern AGENT = Pattern.compile("-(?:agentlib:jdwp=|Xrunjdwp:)(\\S*)");

	private static final Pattern PORT = Pattern.compile("(?:^|,)address=(?:[^,]*:)?(\\d+)(?:,|$)");

	private Debugging() {
	}

	static boolean isExpected(WorkerSpec worker) {
		return agent(worker) != null;
	}

	/**
	 * The settings of a pool without limits of time if a debugger is expected, with a
	 * warning that says so.
	 * @param spec the settings
	 * @return the same, or others
	 */
	static ExecutorSpec withoutLimits(ExecutorSpec spec) {
		String agent = agent(spec.worker());
		if (agent == null) {
			return spec;
		}
		logger.warn("Executor '{}': its workers can be debugged (-agentlib:jdwp={}), so timeout, hang-timeout and "
				+ "start-timeout are off. Remove the agent where nobody debugs", spec.name(), agent);
		warnOfPort(spec, agent);
		return spec.toBuilder().timeout(Duration.ZERO).hangTimeout(Duration.ZERO).startTimeout(FOREVER).build();
	}

	private static void warnOfPort(ExecutorSpec spec, String agent) {
		Matcher port = PORT.matcher(agent);
		if (spec.maxWorkers() > 1 && agent.contains("server=y") && port.find() && !port.group(1).matches("0+")) {
			logger.warn("Executor '{}': only one of its {} workers can have the debug port {}, and the others will not "
					+ "start. Use max-workers: 1, or address=*:0, with which each takes a port of its own and prints "
					+ "it", spec.name(), spec.maxWorkers(), port.group(1));
		}
	}

	// The options of the agent; a JVM takes it from variables too.
	private static @Nullable String agent(WorkerSpec worker) {
		List<String> options = new ArrayList<>(worker.jvmArgs());
		options.add(worker.environment().getOrDefault("JAVA_TOOL_OPTIONS", ""));
		options.add(worker.environment().getOrDefault("JDK_JAVA_OPTIONS", ""));
		for (String option : options) {
			Matcher agent = AGENT.matcher(option);
			if (agent.find()) {
				return agent.group(1);
			}
		}
		return null;
	}

}
