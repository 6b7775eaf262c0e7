// SPDX-License-Identifier: GPL-3.0-or-later
// Reads every type from the sandbox with @tdengine/rest. Argument: the base URL. Prints a line for each check.
'use strict';

const { options, connect } = require('@tdengine/rest');

const url = new URL(process.argv[2]);
Object.assign(options, {
    path: '/rest/sql', scheme: 'http', host: url.hostname, port: Number(url.port), user: 'root', passwd: 'taosdata',
});
const cursor = connect(options).cursor();

function check(name, actual, expected) {
    const same = JSON.stringify(actual) === JSON.stringify(expected);
    console.log(same ? `ok ${name}` : `FAIL ${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
    if (!same)
        process.exitCode = 1;
}

// name, declared type, literal, type and length in the answer's meta, value as JavaScript reads it
const columns = [
    ['b', 'bool', 'true', 'BOOL', 1, true],
    ['i1', 'tinyint', '-128', 'TINYINT', 1, -128],
    ['i2', 'smallint', '32767', 'SMALLINT', 2, 32767],
    ['i4', 'int', '-2147483648', 'INT', 4, -2147483648],
    ['i8', 'bigint', '9007199254740991', 'BIGINT', 8, 9007199254740991],
    ['u1', 'tinyint unsigned', '255', 'TINYINT UNSIGNED', 1, 255],
    ['u2', 'smallint unsigned', '65535', 'SMALLINT UNSIGNED', 2, 65535],
    ['u4', 'int unsigned', '4294967295', 'INT UNSIGNED', 4, 4294967295],
    ['u8', 'bigint unsigned', '18446744073709551615', 'BIGINT UNSIGNED', 8, 18446744073709552000],
    ['f', 'float', '0.1', 'FLOAT', 4, 0.1],
    ['d', 'double', '-1.5e-300', 'DOUBLE', 8, -1.5e-300],
    ['v', 'varchar(20)', "'a\"b\\\\c'", 'VARCHAR', 20, 'a"b\\c'],
    ['n', 'nchar(10)', "'中文🙂'", 'NCHAR', 10, '中文🙂'],
    ['x', 'varbinary(8)', "'\\x00ff7f'", 'VARBINARY', 8, '00ff7f'],
    ['g', 'geometry(64)', "'POINT(1 -2)'", 'GEOMETRY', 64, '0101000000000000000000f03f00000000000000c0'],
    ['c', 'decimal(20,4)', '12.1', 'DECIMAL(20,4)', 16, '12.1000'],
    ['z', 'int', 'null', 'INT', 4, null],
];

async function types(precision, literal, shown) {
    const table = `types_${precision}.t`;
    await cursor.query(`create database types_${precision} precision '${precision}'`);
    const created = await cursor.query(`create table ${table} (ts timestamp, ${columns.map(c => `${c[0]} ${c[1]}`).join(', ')})`);
    check(`${precision} create`, created.getErrCode(), 0);
    const inserted = await cursor.query(`insert into ${table} values ('${literal}', ${columns.map(c => c[2]).join(', ')})`);
    check(`${precision} insert`, inserted.getAffectRows(), 1);
    const result = await cursor.query(`select * from ${table}`);
    check(`${precision} ts`, result.getData()[0][0], shown);
    columns.forEach(([name, , , type, size, value], i) => {
        check(`${precision} ${type} meta`, result.getMeta()[i + 1], { columnName: name, typeName: type, size });
        check(`${precision} ${type}`, result.getData()[0][i + 1], value);
    });
}

async function main() {
    await types('ms', '2024-02-29T23:59:59.123Z', '2024-02-29T23:59:59.123Z');
    await types('us', '2024-02-29T23:59:59.123456Z', '2024-02-29T23:59:59.123456Z');
    await types('ns', '1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:59.999999999Z');

    await cursor.query('create stable types_ms.j (ts timestamp, v int) tags (info json)');
    await cursor.query(`insert into types_ms.j1 using types_ms.j tags ('{"k":"v","n":[1,null]}') values (1, 1)`);
    const tags = await cursor.query("select info, info->'k' from types_ms.j");
    check('JSON', tags.getData(), [[{ k: 'v', n: [1, null] }, 'v']]);

    const empty = await cursor.query('select * from types_ms.t where z > 1');
    check('no rows', [empty.getAffectRows(), empty.getMeta().length], [0, columns.length + 1]);
    const failing = await cursor.query('show database');
    check('error', [failing.getErrCode(), failing.getErrStr()], [9728, 'syntax error near "database"']);
    const large = await cursor.query('select * from power.d1001');
    check('large answer', large.getAffectRows(), 43200);
    const windows = await cursor.query("select _wstart, avg(current) from power.meters where ts >= '2025-06-02T00:00:00Z' and ts < '2025-06-02T06:00:00Z' interval(1h)");
    check('windows', windows.getData().map(row => row[0]),
        [0, 1, 2, 3, 4, 5].map(hour => `2025-06-02T0${hour}:00:00.000Z`));

    options.passwd = 'wrong';
    const refused = await connect(options).cursor().query('select 1');
    check('wrong password', refused.getErrCode(), 855);
}

main().catch(error => {
    console.log(`FAIL ${error.stack}`);
    process.exitCode = 1;
});
