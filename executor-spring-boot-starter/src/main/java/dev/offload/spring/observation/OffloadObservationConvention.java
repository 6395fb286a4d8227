package dev.offload.spring.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Says how the observation of a task is called, and which values it has. A bean of this
 * type is used in the place of the {@linkplain DefaultOffloadObservationConvention
 * default}.
 */
public interface OffloadObservationConvention extends ObservationConvention<OffloadObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof OffloadObservationContext;
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(OffloadObservationContext context) {
		return KeyValues.empty();
	}

}
