/** Names and words for generated programs, grouped in domains so that one program talks about one thing. */
export interface Domain {
  words: string[];
  lists: string[];
  numbers: string[];
  texts: string[];
  dicts: string[];
  functions: string[];
  classes: string[];
  attributes: string[];
  methods: string[];
  labels: string[];
}

type Column = keyof Domain;
const COLUMNS: Column[] = [
  'words', 'lists', 'numbers', 'texts', 'dicts', 'functions', 'classes', 'attributes', 'methods', 'labels',
];

/** One domain from ten lines, in the order of COLUMNS; items are split on spaces, labels on semicolons. */
function domain(text: string): Domain {
  const lines = text.trim().split('\n').map((line) => line.trim());
  if (lines.length !== COLUMNS.length) throw new Error(`A domain has ${COLUMNS.length} lines, not ${lines.length}.`);
  const parts = lines.map((line, i) => line.split(COLUMNS[i] === 'labels' ? ';' : ' ').filter((item) => item !== ''));
  return Object.fromEntries(COLUMNS.map((column, i) => [column, parts[i]])) as unknown as Domain;
}

export const DOMAINS: readonly Domain[] = [
  domain(`apple banana cherry pear mango grape lemon orange kiwi peach plum melon fig bread milk cheese butter eggs
    items products cart prices basket fruits groceries orders
    price quantity total cost discount subtotal stock tax amount
    item product fruit brand category sku
    prices stock inventory catalog cart products
    add_item get_price checkout total_price apply_discount calculate_total restock
    Product Item Cart Order Store Shop
    price quantity name stock sku discount
    add remove total apply_discount checkout restock
    Total: ;Price: ;Items: ;Cost: ;In stock: ;Quantity: ;You bought `),
  domain(`math physics history art music biology english chemistry geography latin drama algebra science french spanish
    grades students scores marks subjects courses classes results
    grade score average points mark credits age year
    student subject teacher course school letter
    grades students scores marks roster teachers
    get_grade average_score add_student find_student letter_grade pass_or_fail compute_gpa
    Student Teacher Course School Classroom Exam
    name grade score age subject points
    enroll add_grade average study promote report
    Grade: ;Average: ;Score: ;Student: ;Your mark is ;Passed: ;Age: `),
  domain(`monday tuesday wednesday thursday friday saturday sunday rainy sunny cloudy windy snowy foggy warm cold humid
    temperatures temps readings days forecast rainfall humidity sensors
    temperature temp celsius fahrenheit humidity pressure wind degrees
    weather day city condition season station
    forecast temperatures weather readings stations
    to_fahrenheit to_celsius average_temp read_sensor get_forecast hottest_day convert
    Weather Station Sensor Forecast Thermometer Reading
    temperature humidity unit city value pressure
    read convert update record average report
    Temperature: ;Today: ;Humidity: ;Forecast for ;Max: ;Degrees: `),
  domain(`sword shield potion bow armor helmet gold gem scroll wand dagger ring torch key dragon goblin wizard knight
    players enemies inventory weapons levels monsters moves heroes
    health level damage lives coins attack strength xp mana
    player enemy weapon hero monster move
    inventory player stats weapons enemies hero
    attack take_damage heal level_up spawn_enemy roll_dice move_player
    Player Enemy Weapon Game Hero Monster Character
    health level name damage lives mana
    attack heal move level_up take_damage equip
    Health: ;Level: ;Score: ;Lives: ;Damage: ;Game over, ;Player `),
  domain(`hello world python code text string letter token phrase line quote vowel message alphabet syllable prefix
    words letters lines tokens sentences chars vowels parts
    length count position vowel_count word_count offset width size
    text word sentence message line phrase letter
    counts frequency lengths lookup translations vocab
    count_words reverse_text count_vowels tokenize capitalize_all first_word is_palindrome
    Document Text Tokenizer Word Parser Editor
    text length words title content lines
    count split_words reverse clean append_line render
    Word: ;Length: ;Count: ;Text: ;Message: ;Vowels: ;Result: `),
  domain(`row column cell vector grid diagonal matrix scalar shape axis origin corner edge point square circle triangle
    matrix grid rows values points coords board vector
    width height rows_count size area radius side total
    shape color axis unit direction figure
    points shapes sizes areas coords cells
    transpose area perimeter dot_product scale get_cell row_sum
    Matrix Point Shape Circle Rectangle Vector Grid
    width height x y radius side
    area scale transpose move perimeter resize
    Area: ;Sum: ;Width: ;Row: ;Radius: ;Size: ;Point `),
  domain(`checking savings deposit withdrawal loan credit debit transfer interest salary rent invoice bonus fee budget
    accounts transactions deposits payments balances expenses bills salaries
    balance amount interest rate salary fee deposit income savings
    owner account currency bank holder iban
    accounts balances rates expenses budget wallet
    deposit withdraw get_balance transfer add_interest pay_bill monthly_payment
    BankAccount Account Bank Customer Wallet Transaction
    balance owner rate limit currency amount
    deposit withdraw transfer get_balance add_interest close
    Balance: ;Amount: ;Your balance is ;Interest: ;Salary: ;Fee: ;Owner: `),
  domain(`flour sugar salt pepper onion garlic rice pasta basil tomato carrot yeast honey olive soup salad pizza cake
    ingredients recipes steps dishes meals menu spices orders
    servings minutes calories cups grams portions oven_temp spoons
    recipe dish ingredient meal chef cuisine
    recipe ingredients menu pantry calories portions
    cook mix_ingredients scale_recipe count_calories bake serve add_spice
    Recipe Ingredient Dish Menu Kitchen Chef
    servings calories name minutes ingredients price
    cook bake serve add_ingredient taste scale
    Servings: ;Calories: ;Cook for ;Recipe: ;Minutes: ;Ingredients: `),
  domain(`tennis soccer hockey golf rugby boxing rowing judo chess cricket tigers lions eagles sharks bears wolves hawks
    teams players scores goals matches laps medals results
    goals wins losses points rank laps minutes seconds score
    team winner sport coach league captain
    standings scores teams goals medals league
    best_team add_goal win_rate top_scorer play_match rank_teams final_score
    Team Athlete Match League Coach Race
    wins goals name score rank points
    play score_goal win lose train rank_up
    Score: ;Goals: ;Winner: ;Points: ;Rank: ;Laps: ;Team: `),
  domain(`paris london tokyo berlin madrid rome oslo cairo lima sydney delhi boston denver quito vienna dublin lisbon
    cities countries places routes stops flights hotels trips
    distance population miles days nights speed altitude hours
    city country capital route airport destination
    capitals cities population distances routes airports
    get_capital distance_to plan_trip travel_time book_hotel find_route total_distance
    City Country Trip Flight Hotel Route
    population distance name capital days speed
    travel add_stop book visit distance_to duration
    Distance: ;City: ;Population: ;Capital: ;Trip to ;Days: ;Speed: `),
  domain(`red green blue yellow purple pink black white gray brown cyan violet indigo teal gold silver maroon navy
    colors shades pixels palette tones paints swatches layers
    brightness red_value opacity hue shade pixels contrast alpha
    color name shade tone hex_code theme
    colors palette codes themes shades rgb
    mix_colors to_hex brighten invert get_color blend darken
    Color Pixel Palette Image Canvas Brush
    hue red name alpha code brightness
    mix invert blend to_hex brighten paint
    Color: ;Hex: ;Favorite color: ;RGB: ;Shade: `),
  domain(`dog cat bird fish horse rabbit hamster turtle lion tiger bear fox wolf owl snake parrot goat sheep cow frog
    animals pets dogs cats zoo birds species herd
    age weight legs speed height age_in_years food_amount cages
    animal pet species breed sound owner
    pets animals sounds legs ages owners
    make_sound feed add_pet oldest_pet count_legs speak describe
    Dog Cat Animal Pet Bird Zoo
    name age breed sound weight legs
    bark speak feed eat run make_sound sleep
    Animal: ;Age: ;Name: ;My pet is ;Sound: ;Legs: ;Weight: `),
  domain(`january february march april may june july august september october november december today tomorrow week
    dates months years events deadlines meetings holidays hours
    year month hour minutes seconds days week duration
    date month weekday event today birthday
    calendar events months birthdays schedule holidays
    is_leap days_until format_date get_month add_days next_event to_seconds
    Event Calendar Date Schedule Clock Meeting
    year month title hour duration date
    reschedule add_event cancel format remind advance
    Date: ;Year: ;Month: ;Hours: ;Days left: ;Event: ;Duration: `),
  domain(`host port debug timeout retries user token path level mode theme lang encoding verbose format output proxy
    settings options lines fields records values args commands
    timeout retries port version size limit status code
    key option value field line config_path
    config settings options params headers env
    load_config parse_line get_option set_value validate connect read_settings
    Config Parser Settings Client Server Connection
    timeout host port debug options path
    get load parse connect validate close
    Port: ;Value: ;Config: ;Status: ;Version: ;Setting: ;Code: `),
  domain(`alice bob carol dave emma frank grace henry ivan julia kevin laura mike nina oscar paula quinn rosa sam tina
    names users people guests members friends employees ages
    age height salary user_id phone_number birth_year guests_count years
    name user first_name last_name username email friend
    ages users phonebook people emails contacts
    greet get_age full_name say_hello find_user register login
    Person User Employee Member Guest Contact
    name age email salary username phone
    greet say_hello introduce birthday login rename
    Hello, ;Name: ;Age: ;Welcome ;User: ;Hi ;Email: `),
  domain(`novel poem author chapter page title essay diary atlas comic story fable sonnet journal fiction mystery
    books authors pages titles chapters library shelves reviews
    pages year rating copies chapters stars volumes price
    title author book genre publisher isbn
    library books ratings authors catalog shelf
    find_book borrow return_book add_review count_pages average_rating search
    Book Library Author Page Chapter Reader
    title author pages rating copies year
    borrow read_page lend add_book turn_page review
    Title: ;Author: ;Pages: ;Rating: ;Book: ;Copies: ;Year: `),
  domain(`car truck bus train plane bike ship van scooter tram engine wheel brake tire motor pedal rocket boat taxi
    cars vehicles engines wheels trips parts speeds drivers
    speed wheels fuel mileage distance seats gears year
    car vehicle driver brand model_name plate
    cars engines speeds vehicles parts garage
    drive refuel accelerate fuel_cost stop_engine park travel
    Car Vehicle Engine Driver Truck Garage
    speed fuel wheels brand mileage model
    drive brake refuel accelerate honk start
    Speed: ;Fuel: ;Car: ;Brand: ;Mileage: ;Wheels: ;Km: `),
  domain(`song album band guitar piano drums violin flute bass tempo rhythm chorus melody jazz rock blues opera folk
    songs albums playlist tracks artists notes bands genres
    tempo duration volume plays track_number bpm beats stars
    song artist album genre track lyric
    playlist songs albums ratings charts plays
    play_song add_track total_duration next_song shuffle_list skip top_song
    Song Album Playlist Artist Band Track
    title artist duration plays tempo volume
    play add_song skip pause stop rewind
    Song: ;Artist: ;Duration: ;Plays: ;Now playing: ;Volume: ;Track `),
];

/** Names that fit anywhere; how people name things when they try something out. */
const GENERIC: Partial<Record<Column, string>> = {
  lists: 'numbers nums lst values data items my_list a arr xs list1 L result elements array l1 seq stack queue letters',
  numbers: 'x n num number count total y a value result i b k z counter number1 num1 val total_sum m c '
    + 'answer index age',
  texts: 's text name word string my_string msg line a t user_input str1 letter label first answer greeting data c',
  dicts: 'd data my_dict dct info person mapping lookup table counts config cache record dict1 '
    + 'person_info results mydict',
  functions: 'f func calculate add process my_function compute get_value main_func foo run check test '
    + 'helper square show '
    + 'divide double find_max get_first get_item parse convert solve print_info handle load update factorial',
  classes: 'A Foo MyClass Node Counter Stack Queue Thing B Base Box Parent Example Shape Dog Person Car Test',
  attributes: 'value name data items x count size next head total',
  methods: 'run get show add update display process reset compute push print_info',
  labels: 'Result: ;Value: ;The answer is ;Total: ;Sum = ;x = ;Number: ;Output: ;I am ;There are ;You have ;Count: ',
};

export const GENERIC_NAMES = Object.fromEntries(
  Object.entries(GENERIC).map(([key, text]) => [key, text.split(key === 'labels' ? ';' : ' ').filter(Boolean)]),
) as Partial<Record<Column, string[]>>;

export const PEOPLE = ('Alice Bob Carol Dave Emma Frank Grace Henry Ivan Julia Kevin Laura Mike Nina Oscar Paula Rosa '
  + 'Sam Tina Uma Victor Wendy Yuki Zoe Ahmed Priya Chen Fatima Lars Marco Sofia Omar Ana Pedro Maria John Jane Tom '
  + 'Anna Max Leo Mia Peter Mary James Ravi Ali Sara Ben Kate Luis Hans').split(' ');

export const INDEXES = 'i i i i j k idx index n x pos'.split(' ');
export const ELEMENTS = ('x item n num word value w e el v s c entry elem row letter name p t ch number '
  + 'thing').split(' ');
export const PARAMETERS = ('x y n a b value name data items num text s lst amount key arg size numbers '
  + 'word z val d').split(' ');
export const TUPLES = ('point pair coords t my_tuple tup position rgb size dims record pos person origin '
  + 'location').split(' ');
export const OBJECTS = ('obj p a c thing my_obj instance o item1 person1 first s1 d1 acc my_car player1 b '
  + 'u node').split(' ');

/** Remarks that say nothing about what will happen. */
export const REMARKS = ('example;test;print the result;main program;quick check;setup;process the '
  + 'data;from the tutorial;'
  + 'step 1;exercise 3;homework;update the value;loop over everything;demo;simple example;this is a test;calculate;'
  + 'see docs;TODO: clean up;why does this happen?;first try;should work;values from the sensor;helper;get the value;'
  + 'data;input;output;check this;version 2;does this raise?;what is printed?;expected output below;try it').split(';');

export const SENTENCE_WORDS = ('the quick brown fox jumps over a lazy dog we like to code in python '
  + 'every day it is very '
  + 'nice here and they never stop learning new things about big numbers small words').split(' ');
