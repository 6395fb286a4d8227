package dev.offload.spring.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.offload.OffloadException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerStartException;

/**
 * Says what to do when an application does not start because something in it waits for a
 * task, and the worker does not start or dies: a runner, or a bean that is made.
 */
final class WorkerFailureAnalyzer extends AbstractFailureAnalyzer<OffloadException> {

	private static final int MOST_LINES = 40;

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, OffloadException cause) {
		if (cause instanceof WorkerStartException start) {
			return new FailureAnalysis(described(rootFailure, start, start.output()),
					"Look at what the worker says. Executor '" + start.executor()
							+ "' starts it with the beans of the application, unless "
							+ setting(start, "worker.context") + " is none: what must not be in a worker goes under "
							+ "@Profile(\"!offload-worker\"). What else it is given: " + setting(start, "worker.heap")
							+ ", " + setting(start, "worker.jvm-args") + ", " + setting(start, "start-timeout") + ".",
					cause);
		}
		if (cause instanceof WorkerCrashException crash) {
			return new FailureAnalysis(described(rootFailure, crash, crash.lastOutput()),
					"Look at the exit code or signal, at the output and at the crash report if there is one. An exit "
							+ "code of 3 is a full heap, which " + setting(crash, "worker.heap")
							+ " sets; SIGKILL without a reason often is the kernel for want of memory. A service that "
							+ "can start without the answer should not wait for it here.",
					cause);
		}
		return null;
	}

	private static String setting(OffloadException cause, String name) {
		return SettingPaths.EXECUTORS + cause.executor() + "." + name;
	}

	private static String described(Throwable rootFailure, OffloadException cause, List<String> output) {
		StringBuilder text = new StringBuilder(String.valueOf(cause.getMessage()));
		List<String> last = output.subList(Math.max(0, output.size() - MOST_LINES), output.size());
		if (!last.isEmpty() && !text.toString().contains(last.get(last.size() - 1))) {
			text.append("\n\nIts last output:\n\n    ").append(String.join("\n    ", last));
		}
		Throwable own = cause.getCause();
		if (own != null && own.getMessage() != null && !text.toString().contains(own.getMessage())) {
			text.append("\n\nIts own failure:\n\n    ").append(own);
		}
		String bean = beanOf(rootFailure);
		return (bean != null) ? text.append("\n\nBean '").append(bean).append("' waited for it.").toString()
				: text.toString();
	}

	// The innermost that failed.
	private static @Nullable String beanOf(Throwable rootFailure) {
		String bean = null;
		for (Throwable current = rootFailure; current != null; current = current.getCause()) {
			if (current instanceof BeanCreationException creation && creation.getBeanName() != null) {
				bean = creation.getBeanName();
			}
		}
		return bean;
	}

}
