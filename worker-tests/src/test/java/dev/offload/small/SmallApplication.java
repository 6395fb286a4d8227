package dev.offload.small;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

import dev.offload.spring.worker.WorkerContextAutoConfiguration;

/**
 * An application without a database, a server and all the rest.
 */
@SpringBootConfiguration
@ComponentScan
@ImportAutoConfiguration(WorkerContextAutoConfiguration.class)
class SmallApplication {

}
