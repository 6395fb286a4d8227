package dev.offload.pool;

import dev.offload.spi.PayloadCodec;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerSetupProvider;

/**
 * The collaborators of a pool.
 *
 * @param launcher starts processes
 * @param codec encodes payloads
 * @param setups says what workers are given
 * @param redactor redacts what workers print
 * @param claim says what they may use of the machine
 */
record PoolSettings(WorkerLauncher launcher, PayloadCodec codec, WorkerSetupProvider setups, SafeRedactor redactor,
		MachineShares.Claim claim) {
}
