package dev.offload.spi;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Starts worker processes. Implementations are safe for use by many threads.
 */
public interface WorkerLauncher {

	/**
	 * Notes what workers are started from, so that it can be seen later whether that has
	 * changed. Called when an executor is made; starts nothing and does not fail.
	 */
	default void prepare() {
	}

	/**
	 * Why no process can ever be started from this JVM, whatever the settings. Starts
	 * nothing and does not fail.
	 * @return the reason, or {@code null} if there is none that is known
	 */
	default @Nullable String obstacle() {
		return null;
	}

	/**
	 * Starts one process. Its standard input gives it the token as one line and then
	 * stays open for as long as the service lives.
	 * @param launch what to start
	 * @return the process
	 * @throws IOException if it cannot be started; the message says what to do
	 */
	WorkerProcess launch(WorkerLaunch launch) throws IOException;

	/**
	 * Starts a process as {@link #launch} does, from whose orderly end those that are
	 * launched later can start faster. Nobody gives it tasks. May wait until others have
	 * done the same.
	 * @param launch what to start
	 * @return the process, or {@code null} if there is nothing to gain
	 * @throws IOException if it cannot be started
	 */
	default @Nullable WorkerProcess train(WorkerLaunch launch) throws IOException {
		return null;
	}

}
