package dev.offload;

import java.time.Duration;

/**
 * Work that is refused because it has crashed too many workers of late.
 *
 * @param key what names it: as given with it, or made of what it does
 * @param label the label of the task that crashed last
 * @param crashes how many workers it has crashed
 * @param remaining how long it is refused still
 */
public record QuarantinedWork(String key, String label, int crashes, Duration remaining) {

}
