package dev.offload.test.chaos;

/**
 * Runs the chaos: pools under load whose workers are killed, stopped and filled up, a
 * soak, and the times of limits and crashes. Prints what came of it, and exits with code
 * 1 if a promise was broken.
 */
public final class ChaosMain {

	private ChaosMain() {
	}

	/**
	 * Runs all phases.
	 * @param arguments none; the system properties {@code chaos.seconds},
	 * {@code chaos.soak} and {@code chaos.runs} say how long it takes
	 * @throws Exception if a phase could not be run to its end
	 */
	public static void main(String[] arguments) throws Exception {
		boolean kept = new ChaosRun(ChaosSettings.ofProperties(), System.out).run().isEmpty();
		System.exit(kept ? 0 : 1);
	}

}
