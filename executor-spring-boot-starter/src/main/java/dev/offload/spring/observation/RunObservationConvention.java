package dev.offload.spring.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How the observation of the run of a task is called.
 */
final class RunObservationConvention implements ObservationConvention<OffloadRunObservationContext> {

	static final String NAME = "offload.task.run";

	private static final String PID = Long.toString(ProcessHandle.current().pid());

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof OffloadRunObservationContext;
	}

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(OffloadRunObservationContext context) {
		return "run " + context.task().executor();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(OffloadRunObservationContext context) {
		return TaskKeyValues.low(context.task(), context.outcome());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(OffloadRunObservationContext context) {
		return TaskKeyValues.high(context.task()).and("process.pid", PID);
	}

}
