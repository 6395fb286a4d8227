package dev.offload.busy;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * An application that does by itself each thing that a worker must leave to its service.
 */
@SpringBootApplication
@EnableScheduling
public class BusyApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(BusyApplication.class, arguments);
	}

}
