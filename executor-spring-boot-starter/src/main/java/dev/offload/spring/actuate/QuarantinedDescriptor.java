package dev.offload.spring.actuate;

import dev.offload.QuarantinedWork;

/**
 * Work that is refused because it has crashed too many workers of late, as the endpoint
 * shows it.
 *
 * @param key what names it, for {@code release}
 * @param label the label of the task that crashed last
 * @param crashes how many workers it has crashed
 * @param remaining how long it is refused still, ISO-8601
 */
public record QuarantinedDescriptor(String key, String label, int crashes, String remaining) {

	static QuarantinedDescriptor of(QuarantinedWork work) {
		return new QuarantinedDescriptor(work.key(), work.label(), work.crashes(),
				ExecutorDescriptor.text(work.remaining()));
	}

}
