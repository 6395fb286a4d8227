package dev.offload.spi;

import java.nio.file.Path;

import dev.offload.WorkerSpec;

/**
 * One worker process to start.
 *
 * @param executor the name of its executor
 * @param number its number in the executor, from 1; 0 for one that is
 * {@linkplain WorkerLauncher#train trained}
 * @param worker the settings of the executor's workers
 * @param share what it may use of the machine; this counts, not what the settings say
 * @param mainClass the main class
 * @param socket the Unix-domain socket on which the service waits for it
 * @param token the secret by which it names itself; it goes through standard input only
 * @param directory a private directory for its files, removed by the caller after its end
 * @param redactor what each line that it prints passes before it is kept or handed on;
 * never fails
 */
public record WorkerLaunch(String executor, int number, WorkerSpec worker, WorkerShare share, String mainClass,
		Path socket, String token, Path directory, OutputRedactor redactor) {

	/**
	 * The same with other settings.
	 * @param value the settings
	 * @return a copy
	 */
	public WorkerLaunch withWorker(WorkerSpec value) {
		return new WorkerLaunch(this.executor, this.number, value, this.share, this.mainClass, this.socket, this.token,
				this.directory, this.redactor);
	}

	@Override
	public String toString() {
		return "worker " + this.number + " of executor '" + this.executor + "'";
	}

}
