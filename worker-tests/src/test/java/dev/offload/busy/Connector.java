package dev.offload.busy;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A connection as drivers make it: of use only when it was started.
 */
@Component
class Connector implements SmartLifecycle, SmartInitializingSingleton {

	private volatile boolean running;

	private volatile boolean initialized;

	void requireStarted() {
		Witness.saw("connector-wanted");
	}

	boolean isComplete() {
		return this.running && this.initialized;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.initialized = true;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
