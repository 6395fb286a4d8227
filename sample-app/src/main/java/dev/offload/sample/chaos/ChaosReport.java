package dev.offload.sample.chaos;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * What a task did that its worker survived.
 *
 * @param kind the kind of chaos
 * @param detail what was done
 * @param workerPid the process in which it was done
 * @param childPid the process that was started, if one was
 */
public record ChaosReport(String kind, String detail, long workerPid, @Nullable Long childPid) implements Serializable {
}
