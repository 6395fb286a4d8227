package dev.offload.spring.worker;

import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Starts nothing with the context. What a target needs is started by
 * {@link BeanCompletion}, and stopped with the context as usual.
 */
final class QuietLifecycleProcessor extends DefaultLifecycleProcessor {

	@Override
	public void onRefresh() {
		if (!Exclusion.LIFECYCLE.applies()) {
			super.onRefresh();
		}
	}

}
