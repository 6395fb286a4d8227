package dev.offload.spring.observation;

import io.micrometer.common.KeyValues;

/**
 * The observation of a task as it is called if the application says nothing else:
 * {@value #NAME}, with the executor and the outcome as values of which there are few.
 */
public class DefaultOffloadObservationConvention implements OffloadObservationConvention {

	static final String NAME = "offload.task";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(OffloadObservationContext context) {
		return "offload " + context.task().executor();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(OffloadObservationContext context) {
		return TaskKeyValues.low(context.task(), context.outcome());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(OffloadObservationContext context) {
		return TaskKeyValues.high(context.task());
	}

}
