package dev.offload.worker;

import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;

import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadScopes;
import dev.offload.codec.TaskCodec;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PlainTargetResolver;
import dev.offload.spool.StreamedTypes;
import dev.offload.spool.WorkerSpool;

/**
 * Loads the classes that every task needs while the worker connects, which takes as long.
 */
final class Preloading extends Thread {

	private static final int MAX_BYTES = 64 * 1024;

	Preloading() {
		super("offload-preloading");
		setDaemon(true);
	}

	// The sockets of the JDK make one when they are first used, whose providers take as
	// long to find as all else that connecting needs.
	private static void loadRandom() {
		try {
			SecureRandom.getInstance("NativePRNG");
		}
		catch (NoSuchAlgorithmException ex) {
			// Another system, which has another.
		}
	}

	// Returns when all is loaded that it will load.
	void awaitEnd() {
		boolean interrupted = false;
		while (isAlive()) {
			try {
				join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void run() {
		loadRandom();
		try {
			PayloadLimits limits = PayloadLimits.ofBytes(MAX_BYTES);
			new TaskRunner(new TaskCodec(new JdkPayloadCodec(), "preloading", limits),
					new PayloadScopes(List.of(), List.of(), limits), new PlainTargetResolver(),
					ContextCarriers.of(List.of()),
					new WorkerSpool("preloading", StreamedTypes.known(), () -> Path.of("none"), MAX_BYTES))
				.warmUp();
		}
		catch (RuntimeException | LinkageError ex) {
			// Whoever needs what cannot be loaded will say so.
		}
	}

}
