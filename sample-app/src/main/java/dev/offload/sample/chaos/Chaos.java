package dev.offload.sample.chaos;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

import dev.offload.OffloadExecutor;
import dev.offload.Task;
import dev.offload.TaskOptions;

/**
 * Lets things go wrong in a worker process, and never here.
 */
@Component
public class Chaos {

	private final OffloadExecutor executor;

	Chaos(@Qualifier("chaos") OffloadExecutor executor) {
		this.executor = executor;
	}

	/**
	 * Lets one thing go wrong.
	 * @param kind what
	 * @return what was done, for the kinds that leave the worker alive
	 * @throws Exception for the others
	 */
	public ChaosReport unleash(ChaosKind kind) throws Exception {
		Task<ChaosReport> task = kind::run;
		return this.executor.call(task, TaskOptions.DEFAULTS.withLabel(kind.id()));
	}

}
