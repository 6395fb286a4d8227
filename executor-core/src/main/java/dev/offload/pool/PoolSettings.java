package dev.offload.pool;

import java.time.Duration;
import java.util.List;

import dev.offload.spi.PayloadCodec;
import dev.offload.spi.WorkerCommandCustomizer;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerSetupProvider;

/**
 * The collaborators of a pool.
 *
 * @param launcher starts processes
 * @param codec encodes payloads
 * @param setups says what workers are given
 * @param redactor redacts what workers print
 * @param customizers change how workers are started
 * @param claim says what they may use of the machine
 * @param trainingDelay how long after the first of them one is trained
 */
record PoolSettings(WorkerLauncher launcher, PayloadCodec codec, WorkerSetupProvider setups, SafeRedactor redactor,
		List<WorkerCommandCustomizer> customizers, MachineShares.Claim claim, Duration trainingDelay) {
}
