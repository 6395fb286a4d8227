package dev.offload.contract;

import dev.offload.ExecutorSpec;

/**
 * Streams of tasks of type inline that are not encoded.
 */
class PlainInlineStreamContractTests extends InlineStreamContractTests {

	@Override
	protected void settings(ExecutorSpec.Builder spec) {
		spec.codecRoundTrip(false);
	}

}
