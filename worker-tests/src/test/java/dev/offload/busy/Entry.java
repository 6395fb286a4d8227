package dev.offload.busy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * A table that Hibernate makes.
 */
@Entity(name = "hibernate_entry")
class Entry {

	@Id
	private long id;

	long id() {
		return this.id;
	}

}
