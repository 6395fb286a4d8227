create table if not exists customer (
  id bigint primary key,
  name varchar(200) not null,
  street varchar(200) not null,
  city varchar(200) not null,
  country varchar(100) not null
);

create table if not exists invoice (
  number varchar(40) primary key,
  customer_id bigint not null references customer (id),
  issued date not null,
  due date not null
);

create table if not exists invoice_line (
  invoice_number varchar(40) not null references invoice (number),
  position integer not null,
  item varchar(300) not null,
  quantity integer not null,
  unit varchar(20) not null,
  unit_price decimal(12, 2) not null,
  vat_percent integer not null,
  primary key (invoice_number, position)
);
