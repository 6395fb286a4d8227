package dev.offload.benchmarks.peer;

import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;

/**
 * The executor of Hazelcast on the one member of a cluster, which is this JVM: threads,
 * under an interface made for other machines.
 */
public final class HazelcastPool implements AutoCloseable {

	private final HazelcastInstance hazelcast;

	private final IExecutorService executor;

	/**
	 * Starts the member.
	 * @param threads how many
	 */
	public HazelcastPool(int threads) {
		Config config = new Config();
		config.setProperty("hazelcast.logging.type", "none");
		config.setProperty("hazelcast.phone.home.enabled", "false");
		config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
		config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
		config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
		config.getExecutorConfig("bench").setPoolSize(threads);
		this.hazelcast = Hazelcast.newHazelcastInstance(config);
		this.executor = this.hazelcast.getExecutorService("bench");
	}

	/**
	 * Submits a task that does nothing worth a mention.
	 * @return its result to come
	 */
	public Future<Long> submit() {
		return this.executor.submit((Callable<Long> & Serializable) () -> 1L);
	}

	@Override
	public void close() {
		this.hazelcast.shutdown();
	}

}
